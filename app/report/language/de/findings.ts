import type { Translation } from '#app/language/messages.ts'
import type { findings as english } from '../en/findings.ts'

export const findings: Translation<typeof english> = {
  'findings.title': 'Offene Befunde nach Schwere und Alter',
  'findings.lead':
    'Schwachstellen, die Scans gemeldet haben und die kein späterer Scan als behoben erkannt hat, am {date}. Das Alter zählt ab dem Tag, an dem ein Scan sie zuerst sah.',
  'findings.none': 'Kein Befund ist offen.',
  'findings.bars':
    'Die Balken reichen von den jüngsten Befunden (hell) bis zu den ältesten (schwarz); ihre Länge vergleicht die Zeilen.',
  'findings.matters': 'Was am meisten zählt',
  'findings.severity': 'Schwere',
  'findings.open': 'Offen',
  'findings.share': 'Anteil nach Alter',
  'age.upTo30Days': 'Bis 30 Tage',
  'age.upTo90Days': '31 bis 90 Tage',
  'age.upTo180Days': '91 bis 180 Tage',
  'age.older': 'Länger',
  'findings.not-exploited':
    'Kein offener Befund steht in der CISA-Liste ausgenutzter Schwachstellen, wie der Ersteller sie zuletzt geladen hat.',
  'findings.exploited':
    '{count, plural, one {# offener Befund steht} other {# offene Befunde stehen}} in der CISA-Liste ausgenutzter Schwachstellen; {due, plural, one {# davon hat} other {# davon haben}} die Frist dieser Liste überschritten.',
  'findings.none-late': 'Kein kritischer oder hoher Befund ist länger als 30 Tage offen.',
  'findings.late':
    '{count, plural, one {# kritischer oder hoher Befund ist} other {# kritische oder hohe Befunde sind}} länger als 30 Tage offen.',
  'findings.oldest': 'Der älteste offene Befund wurde zuerst am {date} gesehen.',
  'findings.others':
    '{accepted, plural, one {# Befund ist} other {# Befunde sind}} befristet akzeptiert, {false, number} als Fehlalarm beurteilt, {fixed, number} laut einem späteren Scan behoben.',
  'findings.not-counted':
    '{count, plural, one {# Scan, der eben erst eingegangen ist oder zurückgezogen wurde, ist} other {# Scans, die eben erst eingegangen sind oder zurückgezogen wurden, sind}} hier noch nicht gezählt.',

  'coverage.title': 'Nachweis im Zeitverlauf',
  'coverage.lead':
    'Was die Aufzeichnung zu jeder Maßnahme für jeden Tag vom {first} bis zum {last} zeigt, insgesamt {days, plural, one {# Tag} other {# Tage}}. {start} Tage in UTC, nach dem Kenntnisstand beim Einfrieren dieser Erklärung.',
  'coverage.cut': 'Frühere Tage sind weggelassen.',
  'coverage.since-inception': 'Der erste Tag ist der Versicherungsbeginn.',
  'coverage.since-attestation': 'Der erste Tag ist der Tag der ersten Bestätigung.',
  'coverage.since-application': 'Der erste Tag ist der Tag, an dem der Antrag begonnen wurde.',
  'state.proved': 'Nachgewiesen: Gültige Nachweise zeigten das Behauptete',
  'state.excepted': 'Widerlegt, mit gültiger Ausnahme',
  'state.unproved': 'Offen: behauptet, aber ohne gültigen Nachweis',
  'state.contradicted': 'Durch Nachweise widerlegt, ohne Ausnahme',
  'state.not-claimed': 'Nicht behauptet',
  'state.unrecorded': 'Keine Antwort erfasst',
  'gap.unproved': '{days, plural, one {# Tag offen} other {# Tage offen}}',
  'gap.contradicted': '{days, plural, one {# Tag widerlegt} other {# Tage widerlegt}}',
  'gap.excepted': '{days, plural, one {# Tag mit Ausnahme} other {# Tage mit Ausnahme}}',
  'gap.none': 'keine Lücke',
  'gap.not-claimed': 'nicht behauptet',
  'gap.unanswered': 'nicht beantwortet',

  'answers.title': 'Antworten',
  'answers.lead':
    'Die Fragen, wie der Fragebogen sie stellt. E- und F-Nummern verweisen auf die Nachweise und Feststellungen in den Anhängen.',
  'answers.asked': 'Frage und Antwort',
  'answers.evidence': 'Was die Nachweise sagen',
  'answers.explanation': '„{explanation}“',
}
