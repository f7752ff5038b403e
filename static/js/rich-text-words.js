// The French words of the editor of rich texts, which its package does not ship. Imported before the editor:
// its dialogs ask `gettext` for theirs, its buttons have theirs put in place once they are made.
const WORDS = {
  "Add column": "Ajouter une colonne",
  "Add row": "Ajouter une ligne",
  "blockquote": "Citation",
  "bold": "Gras",
  "Bullet list": "Liste à puces",
  "Cancel": "Annuler",
  "Columns": "Colonnes",
  "Delete column": "Supprimer la colonne",
  "Delete row": "Supprimer la ligne",
  "Delete table": "Supprimer le tableau",
  "Edit Link": "Lien",
  "horizontal rule": "Trait horizontal",
  "Include header row": "Avec une ligne d'en-tête",
  "Insert": "Insérer",
  "Insert Table": "Insérer un tableau",
  "Insert table": "Insérer un tableau",
  "insert link": "Lien (choisissez d'abord des mots)",
  "italic": "Italique",
  "List properties": "Numérotation de la liste",
  "List type": "Type de liste",
  "Merge cells": "Fusionner les cellules",
  "Ordered list": "Liste numérotée",
  "Paragraph": "Paragraphe",
  "ordered list": "Liste numérotée",
  "paragraph": "Paragraphe",
  "redo": "Rétablir",
  "remove link": "Retirer le lien",
  "Rows": "Lignes",
  "Split cell": "Séparer les cellules",
  "Start at": "Commencer à",
  "subscript": "Indice",
  "superscript": "Exposant",
  "Title": "Titre (facultatif)",
  "Toggle header cell": "Cellule d'en-tête ou ordinaire",
  "undo": "Annuler la dernière action",
  "unordered list": "Liste à puces",
  "Update": "Valider",
  "URL": "Adresse (https://… ou /exercer/…)",
};

const own = window.gettext ?? ((text) => text);
window.gettext = (text) => WORDS[text] ?? own(text);

function french(text) {
  const level = /^heading (\d)$/i.exec(text);
  return level ? `Titre de niveau ${level[1]}` : WORDS[text];
}

export function translateButtons(box) {
  for (const button of box.querySelectorAll("[title]")) {
    const word = french(button.title);
    if (word) {
      button.title = word;
      button.setAttribute("aria-label", word);
    }
  }
  for (const option of box.querySelectorAll("[class*=menubar] :not(:has(*)):not([title])")) {
    const word = french(option.textContent);
    if (word) option.textContent = word;
  }
}
