import type { Translation } from '#app/language/messages.ts'
import type { MAILS_EN } from './mails-en.ts'

export const MAILS_DE: Translation<typeof MAILS_EN> = {
  hello: 'Guten Tag {name},',
  'link.subject': 'Ihre Bestätigung für {client}',
  'link.what':
    '{organisation} hat den Nachweisbericht zur Cyberversicherung für {client} ({form}) erstellt und die technischen Feststellungen darin bescheinigt. Er wartet auf Sie: Nur eine vertretungsberechtigte Person des Versicherungsnehmers kann die Antworten bestätigen.',
  'link.how':
    'Bevor Sie unterzeichnen oder ablehnen, sehen Sie einzeln jede Antwort, die nicht vollständig durch Nachweise belegt ist. Ein Telefon genügt. Es dauert etwa zehn Minuten.',
  'link.until':
    'Der Link gilt bis zum {day} und nur für diesen einen Bericht. Wenn Sie ihn öffnen, wird ein Einmalcode an diese Adresse gesandt.',
  'link.open': 'Lesen und bestätigen',
  'link.sent-by': 'Gesandt von {sender}, {organisation}, über Attested.',
  'link.yours-alone':
    'Der Link ist nur für Sie bestimmt. Geben Sie ihn nicht weiter: Wer damit unterzeichnet, unterzeichnet in Ihrem Namen.',
  'link.unexpected':
    'Sie haben dies nicht erwartet? Unternehmen Sie nichts, und sagen Sie es dem Absender telefonisch.',
  'code.subject': 'Ihr Einmalcode für {client}',
  'code.what':
    'Dieser Code öffnet den Nachweisbericht von {client} auf der Seite, auf der Sie ihn angefordert haben. Er gilt {minutes} Minuten, einmal.',
  'code.never': 'Niemand wird Sie je am Telefon oder per E-Mail nach diesem Code fragen.',
  'code.unexpected':
    'Sie haben ihn nicht angefordert? Dann hat jemand anderes Ihren Link: Sagen Sie es dem Absender des Links.',
  'done.subject': 'Sie haben den Nachweisbericht von {client} bestätigt',
  'done.what': 'Am {time} haben Sie die Antworten von {client} in „{form}“ bestätigt.',
  'done.keep':
    'Bewahren Sie diese E-Mail auf. Die Zahl unten ist die Prüfsumme (SHA-256) der unterzeichneten Datei: Eine Datei mit einer anderen ist nicht, was Sie unterzeichnet haben.',
  'done.copy':
    '{organisation} verwahrt den unterzeichneten Bericht und gibt Ihnen auf Anfrage jederzeit eine Kopie.',
  'done.unexpected': 'Sie waren es nicht? Sagen Sie es noch heute telefonisch.',
}
