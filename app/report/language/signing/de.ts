import type { Translation } from '#app/language/messages.ts'
import type { OFFICER_EN } from './en.ts'

export const OFFICER_DE: Translation<typeof OFFICER_EN> = {
  kicker: '{client}, {form}',
  'kicker.edition': '{client}, {form}, Ausgabe {edition}',
  'page.title': 'Bestätigung',
  problems: 'Bitte berichtigen Sie Folgendes',
  'back-to-list': 'Zurück zur Liste',
  'read-report': 'Den ganzen Bericht lesen (PDF)',

  'door.title': 'Bestätigung durch {officer}',
  'door.lead':
    '{organisation} hat den Nachweisbericht zur Cyberversicherung für {client} erstellt und die technischen Feststellungen darin bescheinigt. Die Antworten bestätigen Sie oder niemand. Bevor Sie unterzeichnen oder ablehnen, sehen Sie einzeln jede Antwort, die nicht vollständig durch Nachweise belegt ist.',
  'door.no-mail.title': 'Hier ist kein Mailserver eingerichtet',
  'door.no-mail':
    '{organisation} übergibt Ihnen Link und Code aus dem Postausgang des eigenen Arbeitsbereichs. Das wird in der Aufzeichnung Ihrer Unterschrift festgehalten.',
  'door.not-you': 'Sie sind nicht {officer}? Schließen Sie diese Seite, und sagen Sie es {organisation}.',
  'dead.expired.title': 'Dieser Link ist abgelaufen',
  'dead.expired.what': 'Links zu einem Bericht gelten zwei Wochen',
  'dead.expired.next':
    'Bitten Sie {sender} um einen neuen. Was Sie bestätigt hatten, ist dann erneut zu lesen.',
  'dead.revoked.title': 'Dieser Link wurde zurückgenommen',
  'dead.revoked.what': 'Vielleicht gibt es einen neueren',
  'dead.revoked.next': 'Suchen Sie eine spätere E-Mail, oder fragen Sie {sender}.',
  'dead.finished.title': 'Dieser Link wurde benutzt',
  'dead.finished.what': 'Er gilt für eine einzige Unterschrift',
  'dead.finished.next': '{sender} verwahrt den Bericht und gibt Ihnen eine Kopie.',

  'code.label': 'Einmalcode',
  'code.hint': 'Sechs Ziffern, gesandt an {recipient}. Der Code gilt {minutes} Minuten.',
  'code.checking': 'Wird geprüft',
  'code.enter': 'Weiter',
  'code.sending': 'Wird gesandt',
  'code.send': 'Einmalcode an {recipient} senden',
  'code.send-again': 'Anderen Code senden',
  'code.digits': 'Geben Sie die sechs Ziffern aus der E-Mail ein',
  'code.gone': 'Dieser Code ist abgelaufen oder wurde benutzt. Lassen Sie einen anderen senden.',
  'code.dead': 'Das war nicht der Code, und er gilt nicht mehr. Lassen Sie einen anderen senden.',
  'code.wrong':
    'Das ist nicht der Code. {count, plural, one {Ein Versuch bleibt.} other {# Versuche bleiben.}}',

  'overview.title': 'Was Sie bestätigen sollen, {officer}',
  'overview.lead':
    '{contributor} von {organisation} hat die Feststellungen und Nachweise bescheinigt. Sie bestätigen die Antworten für {client} als {title}. Eine Antwort, die sich als unrichtig erweist, kann den Versicherungsschutz kosten, wenn er gebraucht wird.',
  'overview.others.title': 'Andere unterzeichnen vor Ihnen',
  'overview.others':
    'Es fehlen noch: {names}. Kommen Sie danach mit diesem Link wieder; lesen können Sie schon alles.',
  'overview.failed': 'Der letzte Versuch zu unterzeichnen ist gescheitert',
  'overview.all-carried':
    'Jede Antwort, die etwas angibt, ist durch gültige Nachweise belegt. Lesen Sie die Erklärung, und unterzeichnen Sie.',
  'overview.not-carried':
    '{count, plural, one {# Antwort ist} other {# Antworten sind}} nicht vollständig durch Nachweise belegt. Sie sehen jede einzeln, mit dem, was gegen sie spricht. {done, number} von {count, number} bestätigt.',
  'overview.read-declaration': 'Erklärung lesen',
  'overview.to-declaration': 'Weiter zur Erklärung',
  'overview.begin': 'Mit der ersten Antwort beginnen',
  'overview.go-on': 'Weiter, wo Sie aufgehört haben',
  'overview.confirmed': 'Bestätigt',
  'overview.not-confirmed': 'Noch nicht bestätigt',
  'overview.you-state': 'Sie geben an:',
  'overview.stop': 'Sie können jederzeit aufhören; was Sie bestätigt haben, bleibt. Etwas stimmt nicht?',
  'overview.decline': 'Lehnen Sie ab, und sagen Sie, warum',
  'overview.goes-back': ': Der Bericht geht dann an {organisation} zurück.',

  'answer.kicker': 'Antwort {index, number} von {count, number}, {section}',
  'answer.you-are-stating': 'Sie geben an',
  'answer.weakened': '(mit Vorbehalten)',
  'answer.evidence': 'Was die Nachweise zeigen',
  'answer.no-evidence': 'Kein Nachweis sagt etwas dazu. Sie würden es allein auf Ihr Wort hin angeben.',
  'answer.confirm': 'Ich habe dies gelesen und gebe es an',
  'answer.confirmed': 'Bestätigt; weiter',
  'answer.recording': 'Wird festgehalten',
  'answer.not-right': 'Das stimmt nicht',
  'answer.all': 'Alle Antworten',
  'answer.before': 'Die vorige Antwort',
  'exception.title': 'Unter einer Ausnahme angegeben',
  'exception.scope': 'Was genau ausgenommen ist',
  'exception.reason': 'Warum die Antwort bestehen bleibt',
  'exception.compensating': 'Was das Risiko mindert',
  'exception.accepted-by': 'Genehmigt von',
  'exception.until': 'Gilt bis',
  'status.supported': 'Belegt',
  'status.unsupported': 'Nicht belegt',
  'status.stale': 'Nachweis veraltet',
  'status.contradicted': 'Widerlegt',
  'status.not-claimed': 'Keine zu belegende Angabe',
  'outcome.supports': 'Stützt',
  'outcome.weakens': 'Schwächt',
  'outcome.contradicts': 'Widerlegt',
  'outcome.not-comparable': 'Nicht vergleichbar',
  'outcome.stale': 'Veraltet',

  'sign.title': 'Erklären und unterzeichnen',
  'sign.lead':
    'Sie bestätigen {all, plural, one {# Antwort} other {# Antworten}} für {client}. Davon haben Sie {steps, plural, one {# Antwort} other {# Antworten}} einzeln bestätigt.',
  'sign.read-answers': 'Jede Antwort lesen, die Sie bestätigen',
  'sign.gaps': 'Mit „Weiß ich nicht“ beantwortet',
  'sign.gap': '{owner}, fällig am {day}',
  'sign.wording': 'Die Erklärung und die Fragen stehen in der Sprache des Fragebogens.',
  'sign.not-yet': 'Noch nicht unterzeichnet',
  'sign.declare': 'Ich gebe diese Erklärung für {client} ab.',
  'sign.name': 'Ihr vollständiger Name',
  'sign.name-hint': 'Wie er im Bericht steht: {officer}',
  'sign.sign': 'Bestätigen und unterzeichnen',
  'sign.signing': 'Wird unterzeichnet',
  'sign.not': 'Das bestätige ich nicht',
  'sign.confirm': 'Bestätigen Sie die Erklärung',
  'sign.type-name': 'Geben Sie Ihren vollständigen Namen ein, wie er oben steht',
  consent:
    'Mir wurde einzeln jede Antwort gezeigt, die nicht vollständig durch Nachweise belegt ist. Ich konnte vor der Unterzeichnung den ganzen Bericht lesen. Ich bin damit einverstanden, elektronisch zu unterzeichnen, und damit, dass mein Name, der Zeitpunkt, meine Netzwerkadresse und die Art der Unterzeichnung mit dem Bericht aufbewahrt werden.',

  'decline.title': 'Bestätigung ablehnen',
  'decline.lead':
    'Nichts wird unterzeichnet. Der Bericht wird zurückgezogen; {organisation} liest Ihren Grund, berichtigt die Antworten und erstellt einen neuen Bericht für Sie.',
  'decline.not-yet': 'Noch nicht gesandt',
  'decline.reason': 'Was stimmt nicht?',
  'decline.hint':
    'Zum Beispiel: „An zwei Standorten fehlt beim VPN noch der zweite Faktor.“ Das wird im Journal aufbewahrt.',
  'decline.say-why': 'Sagen Sie in einem Satz, was nicht stimmt',
  'decline.send': 'Ablehnen und zurücksenden',
  'decline.sending': 'Wird gesandt',

  'outcome.signing.title': 'Ihre Unterschrift wird hinzugefügt',
  'outcome.signing.label': 'Der Bericht wird in Ihrem Namen unterzeichnet',
  'outcome.signing.detail':
    'Das dauert einige Sekunden. Sie können diese Seite schließen; die Arbeit geht weiter, und Sie erhalten eine E-Mail.',
  'outcome.over.title': 'Dieser Bericht wartet nicht mehr auf Sie',
  'outcome.over.what': 'Nichts wurde unterzeichnet',
  'outcome.over.next':
    'Er wurde zurückgezogen. {organisation} sendet Ihnen einen neuen Link, wenn es einen neuen Bericht gibt.',
  'outcome.signed.title': 'Sie haben bestätigt',
  'outcome.signed.lead':
    'Unterzeichnet am {time}. Bewahren Sie eine Kopie und die Prüfsumme unten auf: Eine Datei mit einer anderen ist nicht, was Sie unterzeichnet haben.',
  'outcome.download': 'Unterzeichneten Bericht herunterladen',
  'outcome.fingerprint': 'Prüfsumme der Datei (SHA-256)',
  'outcome.twins': 'Für andere Programme',

  'refused.expired': 'Dieser Link ist abgelaufen. Bitten Sie den Absender um einen neuen.',
  'refused.revoked': 'Der Absender hat diesen Link zurückgenommen oder einen neueren gesandt.',
  'refused.finished': 'Dieser Link wurde benutzt. Er gilt für eine einzige Unterschrift.',
  'refused.code-needed': 'Geben Sie zuerst einen Einmalcode ein: Diese Seite war zu lange geöffnet.',
  'refused.codes-spent':
    'Für diesen Link wurden zu viele Codes gesandt. Bitten Sie den Absender um einen neuen Link.',
  'refused.code-pause':
    'Ein Code ist unterwegs. Warten Sie {seconds, plural, one {# Sekunde} other {# Sekunden}}, bevor Sie einen anderen anfordern.',
  'refused.question': 'Diese Antwort braucht keine Bestätigung.',
  'refused.state': 'Dieser Bericht wartet nicht mehr auf Ihre Unterschrift.',
  'refused.others-first':
    'Andere müssen vor Ihnen unterzeichnen. Kommen Sie wieder, wenn sie es getan haben.',
  'refused.both-sides':
    'In diesem Browser ist {member} von {organisation} angemeldet, und dort wurde der Bericht erstellt. Niemand unterzeichnet für beide Seiten: Öffnen Sie den Link auf einem eigenen Gerät, oder melden Sie sich zuerst ab.',
  'refused.name': 'Geben Sie Ihren vollständigen Namen ein, wie er im Bericht steht: {officer}.',
  'refused.unconfirmed':
    '{count, plural, one {Eine Antwort ist} other {# Antworten sind}} noch nicht bestätigt. Gehen Sie sie zuerst durch.',
}
