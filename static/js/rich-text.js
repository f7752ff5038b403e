// The editor of rich texts in the administration: only what guide/core/rich_text.py keeps.
// No import map and no style injected, because the site's security policy refuses inline code.
import { translateButtons } from "./rich-text-words.js"; // first: it holds the words of the next one
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, HorizontalRule,
  Italic, Link, ListItem, Menu, NoSpellCheck, OrderedList, Paragraph, Subscript, Superscript, Table, TableCell,
  TableHeader, TableRow, Text, initializeEditors,
} from "../django_prose_editor/editor.js";

const EMPTY = /^<(\w+)(\s[^>]*)?><\/\1>$/i;

function extensions() {
  return [
    Document, Paragraph, Text, HardBreak, Dropcursor, Gapcursor, History, NoSpellCheck, Menu,
    Heading.configure({ levels: [2, 3, 4] }), Bold, Italic, Subscript, Superscript, Blockquote, HorizontalRule,
    BulletList, OrderedList, ListItem, Link.configure({ enableTarget: false, openOnClick: false }),
    Table, TableRow, TableHeader, TableCell,
  ];
}

function edit(textarea) {
  if (textarea.closest(".prose-editor")) {
    return;
  }
  const box = document.createElement("div");
  box.className = "prose-editor";
  textarea.before(box);
  box.append(textarea);
  new MutationObserver(() => translateButtons(box)).observe(box, { childList: true, subtree: true });
  const editor = new Editor({
    element: box,
    editable: !textarea.disabled,
    injectCSS: false,
    extensions: extensions(),
    content: textarea.value,
    editorProps: { attributes: { "aria-label": textarea.labels[0]?.textContent ?? "", role: "textbox" } },
    onUpdate({ editor: changed }) {
      const text = changed.getHTML();
      textarea.value = EMPTY.test(text) ? "" : text;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  textarea.dispatchEvent(new CustomEvent("prose-editor:ready", { detail: { editor, textarea }, bubbles: true }));
}

initializeEditors(edit, "[data-rich-text]");
