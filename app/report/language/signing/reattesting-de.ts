import type { Deviation } from './roles-en.ts'

export const REATTESTING_DE = {
  pages: {
    'page.title': 'Erneute Bestätigung',
    'door.title': 'Erneute Bestätigung durch {officer}',
    'door.lead':
      '{organisation} hat den unterzeichneten Antrag von {client} auf Cyberversicherung mit den heutigen Tatsachen verglichen. Sie sagen zu jeder Antwort, ob sie weiter zutrifft, und lesen und unterzeichnen danach den Bericht, der daraus entsteht. Was nicht mehr zutrifft, lässt sich ebenso leicht sagen und hindert niemanden am Unterzeichnen.',
    'dead.expired.next': 'Bitten Sie {sender} um einen neuen. Was Sie gesagt haben, bleibt.',
    'sign.title': 'Lesen Sie ihn, dann unterzeichnen Sie',
    'sign.lead':
      'Der Bericht enthält, was Sie zu {all, plural, one {# Antwort} other {# Antworten}} von {client} gesagt haben. Sie unterzeichnen diesen Bericht, wie er ist.',
    'sign.read-answers': 'Die Antworten des unterzeichneten Antrags',
    'sign.sign': 'Die erneute Bestätigung unterzeichnen',
    'sign.not': 'Das unterzeichne ich nicht',
    'sign.wording': 'Die Fragen und Antworten stehen in der Sprache des Fragebogens.',
    consent:
      'Mir wurde jede Antwort des Antrags gezeigt, jede mit einer Änderung einzeln, und ich habe zu jeder gesagt, ob sie weiter zutrifft. Ich konnte den ganzen Bericht vor dem Unterzeichnen lesen. Ich bin damit einverstanden, ihn elektronisch zu unterzeichnen, und damit, dass mein Name, die Zeit, meine Netzadresse und die Art meiner Unterzeichnung dazu aufbewahrt werden.',
    'decline.title': 'Erneute Bestätigung ablehnen',
    'decline.lead':
      'Nichts wird unterzeichnet. {organisation} liest Ihren Grund, berichtigt, was nicht stimmt, und fragt Sie erneut. Eine Antwort, die nicht mehr zutrifft, ist kein Grund abzulehnen: Sie können es sagen und unterzeichnen.',
    'outcome.over.next':
      'Er wurde zurückgezogen. {organisation} sendet Ihnen einen neuen Link, wenn wieder etwas durchzugehen ist.',
    'outcome.signed.title': 'Sie haben erneut bestätigt',
  },
  mails: {
    'link.subject': 'Ihre erneute Bestätigung für {client}',
    'link.what':
      '{organisation} hat den unterzeichneten Antrag von {client} auf Cyberversicherung ({form}) mit den heutigen Tatsachen verglichen. Nur eine vertretungsberechtigte Person des Versicherungsnehmers kann sagen, ob seine Antworten weiter zutreffen.',
    'link.how':
      'Sie sehen einzeln jede Antwort, bei der sich etwas geändert hat, und die unveränderten als Liste. Danach lesen und unterzeichnen Sie den Bericht, der daraus entsteht. Ein Telefon genügt. Es dauert etwa zehn Minuten.',
    'done.subject': 'Sie haben den Antrag von {client} erneut bestätigt',
    'done.what':
      'Am {time} haben Sie zu den Antworten von {client} in „{form}“ gesagt, ob sie weiter zutreffen.',
  },
} as const satisfies Deviation
