import type { Translation } from '#app/language/messages.ts'
import type { reviews as english } from '../en/reviews.ts'

export const reviews: Translation<typeof english> = {
  'reviews.title': 'Prüfungen durch Gutachter',
  'reviews.lead':
    'Gutachter haben Antworten dieses Antrags und die Nachweise dazu angesehen. Jedes Urteil steht hier, wie es abgegeben wurde. Es gilt für den Tag, an dem die Prüfung abgeschlossen wurde, und ist keine Unterschrift unter diesen Bericht.',
  'reviews.who': '{name}, {firm}',
  'reviews.opinion': 'Urteil',
  'opinion.satisfied': 'Zufriedenstellend',
  'opinion.with-conditions': 'Zufriedenstellend unter Bedingungen',
  'opinion.not-satisfied': 'Nicht zufriedenstellend',
  'reviews.summary': 'In den Worten des Gutachters',
  'reviews.signed-off': 'Abgeschlossen am',
  'reviews.by': 'Zugang',
  'reviews.by.link': 'Persönlich über einen Link eingeladen',
  'reviews.by.engagement': 'Als Mitglied einer damit beauftragten Organisation',
  'reviews.sections': 'Vorgelegte Abschnitte',
  'reviews.whole-form': 'Der ganze Fragebogen',
  'reviews.evidence': 'Vorgelegte Nachweise',
  'reviews.evidence-any': 'Von beliebigen Tagen',
  'reviews.evidence-from': 'Ab {first}',
  'reviews.evidence-until': 'Bis {last}',
  'reviews.evidence-between': 'Vom {first} bis {last}',
  'reviews.sample': 'Stichprobe',
  'reviews.no-sample': 'Es wurde keine Stichprobe gezogen.',
  'reviews.drawn':
    '{drawn, number} von {count, plural, one {# Frage} other {# Fragen}} mit dem Startwert „{seed}“: {items}',
  'reviews.decided': 'Entschieden',
  'reviews.decided-of': '{decided, number} von {count, plural, one {# Frage} other {# Fragen}}',
  'reviews.by-others':
    '{count, plural, one {# dieser Entscheidungen stammt von einem anderen Gutachter.} other {# dieser Entscheidungen stammen von anderen Gutachtern.}}',
  'reviews.kind.accepted': 'Anerkannt: {count, number}',
  'reviews.kind.accepted-with-note': 'Mit Anmerkung anerkannt: {count, number}',
  'reviews.kind.asked': 'Nachgefragt: {count, number}',
  'reviews.kind.rejected': 'Abgelehnt: {count, number}',
  'reviews.kind.contradiction': 'Widerspruch festgestellt: {count, number}',
  'reviews.since': 'Seither geändert',
  'reviews.changed':
    '{count, plural, =0 {Nichts, worüber entschieden wurde, hat sich seither geändert.} one {Bei # entschiedenen Antwort haben sich die Antwort, ihr Status oder ihre Nachweise seither geändert.} other {Bei # entschiedenen Antworten haben sich die Antwort, ihr Status oder ihre Nachweise seither geändert.}}',
  'reviews.hash': 'SHA-256 der Entscheidungen, wie im Journal des Erstellers',
  'headline.review.satisfied':
    '{name} von {firm} hat diesen Antrag geprüft und hält ihn für zufriedenstellend.',
  'headline.review.with-conditions':
    '{name} von {firm} hat diesen Antrag geprüft und hält ihn unter Bedingungen für zufriedenstellend.',
  'headline.review.not-satisfied':
    '{name} von {firm} hat diesen Antrag geprüft und hält ihn für nicht zufriedenstellend.',
  'headline.reviews':
    '{count, number} Prüfungen durch Gutachter wurden abgeschlossen: {satisfied, number} zufriedenstellend, {conditions, number} unter Bedingungen, {unsatisfied, number} nicht zufriedenstellend.',
  'headline.review-changed': 'Worüber entschieden wurde, hat sich seither zum Teil geändert.',
}
