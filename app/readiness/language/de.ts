import type { Translation } from '#app/language/messages.ts'
import type { REASONS_EN } from './en.ts'

export const REASONS_DE: Translation<typeof REASONS_EN> = {
  yes: 'ja',
  no: 'nein',
  days: '{count, plural, one {# Tag} other {# Tage}}',
  hours: '{count, plural, one {# Stunde} other {# Stunden}}',
  'over-share': 'über {share}',
  'under-share': 'unter {share}',
  counts: '({numerator} von {denominator})',
  'unknown-number': 'eine unbekannte Zahl',
  'seen-on': 'gesehen am {day}',
  'dated-on': 'vom {day}',
  'unnamed-place': 'ungenannter Ort',
  'no-note': 'ohne Anmerkung',
  'not-stated': 'nicht angegeben',
  'unreadable-date': 'unlesbares Datum',
  'unknown-date': 'unbekanntes Datum',
  never: 'nie',
  or: '{first} oder {last}',
  'seen.external': 'aus dem Internet',
  'seen.internal': 'aus dem Netzwerk',
  'seen.tenant': 'in der Konsole',
  'seen.statement': 'in einer Erklärung',

  source: '„{kind}“ ({subject})',
  'fact-ignored': 'Eine Feststellung aus {source} bleibt unberücksichtigt. {why}',
  'fact-elsewhere':
    'Was {source} {seen} gesehen hat, sagt hier nichts aus; die Antwort wird an dem gemessen, was {wanted} zu sehen ist.',
  'fact-stale': 'Eine Feststellung aus {source} ist zu alt, um zu zählen. {why}',
  'fact-unreadable': 'Der Wert aus {source} lässt sich nicht mit der Antwort vergleichen.',
  'fact-unreadable.remedy': 'Berichtigen Sie die Feststellung oder lesen Sie ihre Quelle erneut ein.',
  'fact-partial':
    '{source} ergab nichts gegen diese Antwort, doch wurde nur ein Teil betrachtet ({note}); das kann den Rest nicht belegen.',
  'fact-partial.remedy': 'Erheben Sie den Nachweis vollständig: {kind}.',
  'fact-against-only':
    'Was {source} {seen} zeigt, stimmt mit dieser Antwort überein, belegt sie aber nicht; Beleg ist, was {place} zu sehen ist.',
  'collect-again': 'Erneut erheben: {kind}.',

  named: '{kind} „{title}“',
  'file-ignored': '{name} bleibt unberücksichtigt. {why}',
  'file-ignored.remedy': 'Berichtigen Sie das Datum oder die Art dieses Nachweises.',
  'file-alone': '{name} ist beigefügt, belegt aber allein nichts. {why}',
  'file-alone.why': 'Diese Art zeigt nicht, was die Antwort behauptet.',
  'file-stale': '{name} ist zu alt, um zu zählen. {why}',
  'file-supports': '{name} vom {day} ist beigefügt, und keine Feststellung widerspricht.',
  'file-weak': '{name}: {why}',
  'file-weak.remedy': 'Fügen Sie einen Export statt eines Bildschirmfotos bei.',

  'age.no-kind': 'Die Art „{kind}“ steht nicht im Katalog; das Alter lässt sich deshalb nicht beurteilen.',
  'age.no-date': 'Ein Datum fehlt; das Alter lässt sich deshalb nicht beurteilen.',
  'age.future': 'Das Datum liegt in der Zukunft ({day}).',
  'age.end-unknown':
    'Das Ende der Gültigkeit ist nicht erfasst; erfassen Sie es, damit feststeht, wie lange der Nachweis zählt.',
  'age.ended': 'Die Gültigkeit endete am {day}.',
  'age.ends': 'Die Gültigkeit endet am {day}.',
  'age.old': 'Alter: {age}; diese Art zählt {limit}.',
  'age.expiring': 'Alter: {age}; der Nachweis sollte erneut erhoben werden.',

  'answer.open': 'Diese Frage ist noch nicht beantwortet.',
  'answer.open.remedy': 'Beantworten Sie die offenen Fragen.',
  'answer.unknown': 'Noch nicht bekannt: {owner} soll es bis zum {day} herausfinden.',
  'answer.unknown.remedy': 'Klären Sie, was noch nicht bekannt ist.',
  'answer.not-applicable': 'Als nicht anwendbar beantwortet.',
  'answer.denied': 'Nach der Antwort selbst ist dies nicht umgesetzt.',
  'answer.denied.remedy': 'Umsetzen: {control}.',
  'answer.foreign':
    'Der Maßnahmenkatalog hat für diese Antwort keine Regeln ({claims}); nichts kann sie belegen.',
  'answer.nothing': 'Kein vorliegender Nachweis zeigt, was diese Antwort behauptet.',
  'answer.nothing.remedy': 'Fügen Sie aktuelle Nachweise bei: {kinds}.',
  'open.unknown': 'Mit „Weiß ich nicht“ beantwortet; {owner} findet es bis zum {day} heraus.',
  'open.none': 'Es gibt noch keine Antwort.',

  'control.question': 'Frage {item}:',
  'control.undecided':
    'Ob eine Frage zu dieser Maßnahme zutrifft, hängt von einer noch nicht beantworteten Frage ab.',
  'control.none': 'Keine Frage zu dieser Maßnahme trifft zu.',
  'control.excused': 'Eine Ausnahme deckt die wenigen Gegenbeispiele ab.',
  'control.excepted': 'Die Antwort ist widerlegt; eine Ausnahme ist erfasst.',
  'control.unmet': 'Nach der Antwort ist dies nicht umgesetzt.',
  'control.partly': 'Die Antwort behauptet die Maßnahme nur zum Teil.',
  'control.unknown': 'Die Antwort behauptet die Maßnahme, und kein aktueller Nachweis zeigt sie.',
  'control.broken': 'Ein Gegenbeispiel zeigt, dass nicht alles erfasst ist.',

  'other.same': 'dieselbe Antwort',
  'other.question': 'Frage {item}, „{prompt}“',
  'waiver.declined':
    'In einer am {day} unterzeichneten Verzichtserklärung wurde diese Leistung abgelehnt: „{service}“.',
  'waiver.declined.remedy':
    'Die Antwort ändern. Hat der Kunde die Leistung inzwischen angenommen, die Verzichtserklärung mit dieser Begründung zurückziehen.',
  'across.place': 'Nr. {item} von {form}, Ausgabe {edition} ({state})',
  'across.draft': 'Entwurf',
  'across.signed': 'unterzeichnet',
  'across.changed':
    'Das hat sich seit dem zuletzt unterzeichneten Fragebogen geändert: „{there}“ in {place}, „{asked}“; hier „{here}“.',
  'across.changed.remedy': 'Klären Sie, ob die Änderung dem Versicherer anzuzeigen ist.',
  'across.opposed': 'Hier mit „{here}“ beantwortet, mit „{there}“ in {place}, „{asked}“.',
  'across.open.remedy': 'Berichtigen Sie die falsche Antwort oder verwerfen Sie den anderen Antrag.',
  'across.signed.remedy':
    'Berichtigen Sie diese Antwort, oder erfassen Sie eine Ausnahme, die den Unterschied erklärt, und unterrichten Sie den Versicherer des unterzeichneten Fragebogens.',
}
