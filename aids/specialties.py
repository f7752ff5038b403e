"""The 44 specialties of the third cycle (DES; arrêté du 21 avril 2017) and two short cuts."""

from django.db.models import TextChoices


class Specialty(TextChoices):
    """A DES; "autre-specialite" stands for any of them but general practice."""

    GENERAL_PRACTICE = "medecine-generale", "médecine générale"
    OTHER = "autre-specialite", "autre spécialité"
    MAXILLOFACIAL_SURGERY = "chirurgie-maxillo-faciale", "chirurgie maxillo-faciale"
    ORAL_SURGERY = "chirurgie-orale", "chirurgie orale"
    ORTHOPAEDIC_SURGERY = "chirurgie-orthopedique", "chirurgie orthopédique et traumatologique"
    PAEDIATRIC_SURGERY = "chirurgie-pediatrique", "chirurgie pédiatrique"
    PLASTIC_SURGERY = "chirurgie-plastique", "chirurgie plastique, reconstructrice et esthétique"
    THORACIC_SURGERY = "chirurgie-thoracique", "chirurgie thoracique et cardiovasculaire"
    VASCULAR_SURGERY = "chirurgie-vasculaire", "chirurgie vasculaire"
    DIGESTIVE_SURGERY = "chirurgie-digestive", "chirurgie viscérale et digestive"
    OBSTETRICS = "gynecologie-obstetrique", "gynécologie obstétrique"
    NEUROSURGERY = "neurochirurgie", "neurochirurgie"
    OPHTHALMOLOGY = "ophtalmologie", "ophtalmologie"
    ENT = "orl", "ORL, chirurgie cervico-faciale"
    UROLOGY = "urologie", "urologie"
    ALLERGOLOGY = "allergologie", "allergologie"
    PATHOLOGY = "anatomopathologie", "anatomie et cytologie pathologiques"
    ANAESTHESIA = "anesthesie-reanimation", "anesthésie-réanimation"
    DERMATOLOGY = "dermatologie", "dermatologie et vénéréologie"
    ENDOCRINOLOGY = "endocrinologie", "endocrinologie, diabétologie, nutrition"
    GENETICS = "genetique", "génétique médicale"
    GERIATRICS = "geriatrie", "gériatrie"
    MEDICAL_GYNAECOLOGY = "gynecologie-medicale", "gynécologie médicale"
    HAEMATOLOGY = "hematologie", "hématologie"
    GASTROENTEROLOGY = "gastroenterologie", "hépato-gastro-entérologie"
    INFECTIOUS_DISEASES = "infectiologie", "maladies infectieuses et tropicales"
    CARDIOLOGY = "cardiologie", "médecine cardiovasculaire"
    EMERGENCY = "urgences", "médecine d'urgence"
    OCCUPATIONAL = "sante-au-travail", "médecine et santé au travail"
    INTENSIVE_CARE = "reanimation", "médecine intensive-réanimation"
    INTERNAL = "medecine-interne", "médecine interne et immunologie clinique"
    FORENSIC = "medecine-legale", "médecine légale et expertises médicales"
    NUCLEAR = "medecine-nucleaire", "médecine nucléaire"
    REHABILITATION = "medecine-physique", "médecine physique et de réadaptation"
    VASCULAR = "medecine-vasculaire", "médecine vasculaire"
    NEPHROLOGY = "nephrologie", "néphrologie"
    NEUROLOGY = "neurologie", "neurologie"
    ONCOLOGY = "oncologie", "oncologie"
    PAEDIATRICS = "pediatrie", "pédiatrie"
    PNEUMOLOGY = "pneumologie", "pneumologie"
    PSYCHIATRY = "psychiatrie", "psychiatrie"
    RADIOLOGY = "radiologie", "radiologie et imagerie médicale"
    RHEUMATOLOGY = "rhumatologie", "rhumatologie"
    PUBLIC_HEALTH = "sante-publique", "santé publique"
    BIOLOGY = "biologie-medicale", "biologie médicale"


SHORT_CUTS = (Specialty.GENERAL_PRACTICE, Specialty.OTHER)
# The order of a list to choose from: the short cuts, then the alphabet.
LISTED = tuple(
    specialty.value for specialty in (*SHORT_CUTS, *sorted(set(Specialty) - set(SHORT_CUTS), key=lambda s: s.label))
)
BROADER_SPECIALTIES: dict[str, frozenset[str]] = {
    specialty: frozenset({Specialty.OTHER.value}) for specialty in Specialty if specialty not in SHORT_CUTS
}
