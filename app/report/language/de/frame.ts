import type { Translation } from '#app/language/messages.ts'
import type { frame as english } from '../en/frame.ts'

export const frame: Translation<typeof english> = {
  'document.title': 'Nachweisbericht von {client}, {date}',
  'document.subject': '{form}, Ausgabe {edition}',
  'document.keywords': 'Cyberversicherung, Nachweisbericht, {reportId}',
  'page.head': 'Nachweisbericht · {client}',
  'page.number': 'Seite {page} von {pages}',
  'record.language':
    'Fragen, Antworten in eigenen Worten, Namen und Titel von Nachweisen stehen in der Sprache, in der sie erfasst wurden.',

  'cover.kind': 'Nachweisbericht zur Cyberversicherung',
  'cover.bookmark': 'Ergebnis auf einen Blick',
  'cover.form': 'Fragebogen',
  'cover.form-value': '{form}, Ausgabe {edition}, {issuer}',
  'cover.prepared-by': 'Erstellt von',
  'cover.as-of': 'Stand der Antworten und Nachweise',
  'cover.applicant': 'Antragsteller',
  'cover.people': '{count, plural, one {# Person} other {# Personen}}',
  'cover.covers-from': 'Für Versicherungsschutz ab',
  'cover.controls': '{count, plural, one {# Maßnahme} other {# Maßnahmen}} beurteilt',
  'cover.answers': '{count, plural, one {# Antwort} other {# Antworten}} gegeben',
  'cover.read-first': 'Was Sie zuerst lesen sollten',
  'cover.scan-code': 'Code scannen, um diese Datei zu prüfen. Anhang C nennt die Adresse und Wege ohne uns.',
  'cover.caution':
    'Dieser Bericht gibt wieder, was beantwortet wurde, was die Nachweise zeigen und was zum oben genannten Tag nicht bekannt ist. Er ist keine Garantie für Sicherheit. Gültig ist er nur mit seinen digitalen Signaturen; die letzten Seiten sagen, wer unterzeichnet hat und wie Sie das prüfen.',
  'cover.replaced-letters':
    'Einige Zeichen dieser Erklärung fehlen in den Schriften dieses Berichts und erscheinen als �. Die angehängte Datei statement.json enthält sie unverändert.',

  'headline.uncovered':
    '{count, plural, one {# widerlegte Antwort hat} other {# widerlegte Antworten haben}} keine Ausnahme.',
  'headline.excepted':
    '{count, plural, one {# widerlegte Antwort steht} other {# widerlegte Antworten stehen}} unter einer Ausnahme, die der Versicherungsnehmer genehmigt hat; Kapitel 2 nennt den Grund.',
  'headline.no-contradiction': 'Keine Antwort wird durch die Nachweise widerlegt.',
  'headline.unknown':
    '{count, plural, one {Bei # Maßnahme zeigt kein gültiger Nachweis, ob sie umgesetzt ist} other {Bei # Maßnahmen zeigt kein gültiger Nachweis, ob sie umgesetzt sind}}.',
  'headline.proved':
    '{count, plural, =0 {Keine von {total} Maßnahmen war} one {# von {total} Maßnahmen war} other {# von {total} Maßnahmen waren}} seit dem {date} an jedem Tag nachgewiesen.',
  'headline.reviewer': '{name} von {organisation} ist als unabhängiger Prüfer benannt.',
  'headline.no-reviewer':
    'Ein unabhängiger Prüfer ist nicht benannt: {preparer} beurteilt die eigene Arbeit.',
}
