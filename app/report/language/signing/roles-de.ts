import type { CONTRIBUTOR_EN, REVIEWER_EN } from './roles-en.ts'

type Same<English extends { pages: object; mails: object }> = {
  pages: Record<keyof English['pages'], string>
  mails: Record<keyof English['mails'], string>
}

export const CONTRIBUTOR_DE: Same<typeof CONTRIBUTOR_EN> = {
  pages: {
    'page.title': 'Unterschrift',
    'door.title': 'Unterschrift von {officer}',
    'door.lead':
      '{organisation} hat den Nachweisbericht zur Cyberversicherung für {client} erstellt und die technischen Feststellungen darin bescheinigt. Sie werden gebeten, für die Antworten zu unterzeichnen, zu denen Sie beigetragen haben; danach bestätigt eine vertretungsberechtigte Person des Versicherungsnehmers das Ganze. Bevor Sie unterzeichnen oder ablehnen, sehen Sie jede davon, die nicht vollständig durch Nachweise belegt ist.',
    'overview.title': 'Wofür Sie unterzeichnen sollen, {officer}',
    'overview.lead':
      '{contributor} von {organisation} hat die Feststellungen und Nachweise bescheinigt. Sie unterzeichnen als {title} für die Antworten Ihres Teils im Antrag von {client} und für keine anderen. Eine Antwort, die sich als unrichtig erweist, kann den Versicherungsschutz kosten, wenn er gebraucht wird.',
    'sign.lead':
      'Sie unterzeichnen für {all, plural, one {# Antwort} other {# Antworten}} im Antrag von {client}. Davon haben Sie {steps, plural, one {# Antwort} other {# Antworten}} einzeln bestätigt.',
    'sign.read-answers': 'Jede Antwort lesen, für die Sie unterzeichnen',
    'sign.declare': 'Ich gebe diese Erklärung für meinen Teil des Antrags von {client} ab.',
    'sign.sign': 'Für meinen Teil unterzeichnen',
    'sign.not': 'Das unterzeichne ich nicht',
    'decline.title': 'Unterschrift ablehnen',
    'outcome.signed.title': 'Sie haben für Ihren Teil unterzeichnet',
  },
  mails: {
    'link.subject': 'Ihre Unterschrift für {client}',
    'link.what':
      '{organisation} hat den Nachweisbericht zur Cyberversicherung für {client} ({form}) erstellt und die technischen Feststellungen darin bescheinigt. Sie werden gebeten, für die Antworten zu unterzeichnen, zu denen Sie beigetragen haben, bevor eine vertretungsberechtigte Person des Versicherungsnehmers das Ganze bestätigt.',
    'link.open': 'Lesen und unterzeichnen',
    'done.subject': 'Sie haben für Ihren Teil des Nachweisberichts von {client} unterzeichnet',
    'done.what': 'Am {time} haben Sie für Ihren Teil der Antworten von {client} in „{form}“ unterzeichnet.',
  },
}

export const REVIEWER_DE: Same<typeof REVIEWER_EN> = {
  pages: {
    'page.title': 'Prüfung',
    'door.title': 'Prüfung durch {officer}',
    'door.lead':
      '{organisation} hat den Nachweisbericht zur Cyberversicherung für {client} erstellt und die technischen Feststellungen darin bescheinigt. Sie sind als unabhängige Prüferin oder unabhängiger Prüfer benannt und werden gebeten, Ihre Prüfung der Nachweise zu unterzeichnen. Bevor Sie unterzeichnen oder ablehnen, sehen Sie einzeln jede Antwort, die nicht vollständig durch Nachweise belegt ist.',
    'overview.title': 'Was Sie unterzeichnen sollen, {officer}',
    'overview.lead':
      '{contributor} von {organisation} hat die Feststellungen und Nachweise bescheinigt. Sie unterzeichnen als {title}, dass Sie die Nachweise von {client} geprüft haben; nach Ihnen bestätigt eine vertretungsberechtigte Person des Versicherungsnehmers die Antworten.',
    'overview.you-state': 'Der Versicherungsnehmer gibt an:',
    'answer.you-are-stating': 'Der Versicherungsnehmer gibt an',
    'answer.no-evidence':
      'Kein Nachweis sagt etwas dazu. Es wird allein auf das Wort des Versicherungsnehmers hin angegeben.',
    'answer.confirm': 'Ich habe dies geprüft',
    'sign.lead':
      'Sie haben die Nachweise zu {all, plural, one {# Antwort} other {# Antworten}} von {client} geprüft. Davon haben Sie {steps, plural, one {# Antwort} other {# Antworten}} einzeln bestätigt.',
    'sign.read-answers': 'Jede Antwort noch einmal lesen',
    'sign.declare': 'Ich gebe diese Erklärung zur Prüfung der Nachweise von {client} ab.',
    'sign.sign': 'Als Prüfer unterzeichnen',
    'sign.not': 'Das unterzeichne ich nicht',
    'decline.title': 'Unterschrift ablehnen',
    'outcome.signed.title': 'Sie haben Ihre Prüfung unterzeichnet',
  },
  mails: {
    'link.subject': 'Ihre Prüfung für {client}',
    'link.what':
      '{organisation} hat den Nachweisbericht zur Cyberversicherung für {client} ({form}) erstellt und die technischen Feststellungen darin bescheinigt. Sie sind als unabhängige Prüferin oder unabhängiger Prüfer benannt und werden gebeten, Ihre Prüfung der Nachweise zu unterzeichnen.',
    'link.open': 'Lesen und unterzeichnen',
    'done.subject': 'Sie haben die Prüfung des Nachweisberichts von {client} unterzeichnet',
    'done.what': 'Am {time} haben Sie die Prüfung der Antworten von {client} in „{form}“ unterzeichnet.',
  },
}
