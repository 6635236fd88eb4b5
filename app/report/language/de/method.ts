import type { Translation } from '#app/language/messages.ts'
import type { method as english } from '../en/method.ts'

export const method: Translation<typeof english> = {
  'method.title': 'Verfahren und Grenzen',
  'method.answers':
    'Die Fragen wurden von Menschen beantwortet. Nachweise wurden mit ihrer Prüfsumme aufbewahrt, Feststellungen von einem Programm daraus gelesen. Jede Feststellung gilt für einen Ort und eine Zeit: Ein Port, der aus dem Netzwerk geschlossen erscheint, sagt nichts über das Internet, und Nachweise verlieren mit dem Alter ihre Kraft. Eine Feststellung widerlegt eine Antwort nur, wenn beide von derselben Sache sprechen.',
  'method.contradictions':
    'Eine widerlegte Antwort kann erst unterzeichnet werden, wenn sie geändert ist oder eine Ausnahme den Grund nennt, was das Risiko mindert, wer verantwortlich ist, wer sie genehmigt hat und wann sie endet. „Weiß ich nicht“ ist eine Antwort; sie öffnet eine Lücke und zählt nie als erfüllt.',
  'method.limits':
    'Feststellungen sind das, was Werkzeuge und Exporte aufgezeichnet haben. Sie können unvollständig oder falsch sein, und Werkzeuge sehen nur, was sie erreichen. Nichts wurde durch Angriffe getestet. Eine Maßnahme, die am Tag dieses Berichts erfüllt ist, muss es später nicht mehr sein.',
  'method.statuses': 'Was der Status einer Maßnahme bedeutet',
  'method.bound': 'Woran dieser Bericht gebunden ist',
  'method.begun': 'Antrag begonnen',
  'method.frozen': 'Antworten eingefroren',
  'method.catalogue': 'Maßnahmenkatalog',
  'method.edition-hash': 'SHA-256 von {form}, Ausgabe {edition}',
  'method.ledger': 'Journal von {preparer} beim Einfrieren: Eintrag {entry, number}',

  'who.title': 'Wer erhoben, wer beurteilt, wer geprüft hat',
  'who.nothing': 'Es wurden keine Nachweise erhoben.',
  'who.collected':
    '{count, plural, one {Der # Nachweis wurde} other {Die # Nachweise wurden}} erhoben von {names}.',
  'who.collected-and-others':
    '{count, plural, one {Der # Nachweis wurde} other {Die # Nachweise wurden}} erhoben von {names} und {others} weiteren.',
  'who.judged':
    '{preparer} hat diesen Bericht erstellt. Die Status wurden nach festen Regeln aus den Antworten und Nachweisen berechnet; niemand hat einen von Hand gesetzt.',
  'who.certifies': '{certifier} bescheinigt die technischen Feststellungen.',
  'who.attests': '{officer} bestätigt die Antworten für {client}.',
  'who.both':
    '{certifier} bescheinigt die technischen Feststellungen, und {officer} bestätigt die Antworten für {client}.',
  'who.reviewer': 'Als unabhängiger Prüfer benannt: {name}, {organisation}',
  'who.no-reviewer': 'Ein unabhängiger Prüfer ist nicht benannt',
  'who.reviewer-caution':
    'Nach Angabe von {preparer} hat diese Person, die keiner Seite angehört, die Nachweise geprüft. Sie hat diesen Bericht nicht unterzeichnet: Fragen Sie bei ihr nach, bevor Sie sich darauf stützen.',
  'who.reviewer-signs':
    'Nach Angabe von {preparer} gehört diese Person keiner Seite an. Sie unterzeichnet diesen Bericht für ihre Prüfung der Nachweise; ihre Erklärung steht bei den Unterschriften.',
  'who.own-work':
    '{preparer} betreut Systeme, von denen dieser Bericht spricht, und beurteilt damit die eigene Arbeit. Gewichten Sie entsprechend, was allein auf diesem Wort beruht; was auf einer Datei beruht, lässt sich an der Datei prüfen.',

  'signatures.title': 'Unterschriften',
  'signatures.lead':
    'Jede Person unterzeichnet für ihren eigenen Teil. Die Zeitpunkte stehen in den Signaturen.',
  'signatures.technical-contributor':
    'Unterschrift {number}. Technisch verantwortlich, bescheinigt die technischen Feststellungen',
  'signatures.insured-officer':
    'Unterschrift {number}. Vertretungsberechtigt für den Versicherungsnehmer, bestätigt die Antworten',
  'signatures.contributor':
    'Unterschrift {number}. Mitwirkend, unterzeichnet für die Antworten des eigenen Teils',
  'signatures.reviewer': 'Unterschrift {number}. Unabhängige Prüfung, hat die Nachweise geprüft',
  'signatures.part': 'Unterzeichnet für die Antworten {items}',
  'signatures.digital': 'Digital unterzeichnet; siehe Unterschriftsfeld.',
  'signatures.field': 'Signaturfeld „{field}“',
  'declaration.technical':
    'Ich bescheinige, dass die in diesem Bericht aufgeführten technischen Feststellungen und Nachweise wie angegeben erhoben wurden und dass nichts mir Bekanntes, das sie betrifft, weggelassen wurde. Die Antworten bestätige ich nicht im Namen des Versicherungsnehmers.',
  'declaration.contributor':
    'Ich bescheinige, dass die bei meinem Namen aufgeführten Antworten nach bestem Wissen wahr und vollständig sind und dass nichts mir Bekanntes, das sie betrifft, weggelassen wurde. Ich unterzeichne nur für diese Antworten und bestätige den Antrag nicht im Namen des Versicherungsnehmers.',
  'declaration.reviewer':
    'Ich habe die Nachweise dieses Berichts anhand der Antworten geprüft, die sich auf sie stützen. Ich habe keinen davon erhoben, gehöre weder der Organisation an, die diesen Bericht erstellt hat, noch dem Versicherungsnehmer, und wurde nicht für ein bestimmtes Ergebnis bezahlt. Die Antworten bestätige ich nicht im Namen des Versicherungsnehmers.',
}
