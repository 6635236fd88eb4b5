import type { Translation } from '#app/language/messages.ts'
import type { COVER_EN } from './en.ts'

export const COVER_DE: Translation<typeof COVER_EN> = {
  'document.title': 'Schadendokumentation von {client}, {day}',
  'document.keywords': 'Cyberversicherung, Schaden, {packId}',
  kind: 'Schadendokumentation',
  lead: 'Die Aufzeichnung zu diesem Kunden, eingefroren mit Stand vom {day}: der geltende Antrag, was die Nachweise dazu zeigten und der Beleg, wann jeder Teil aufgezeichnet wurde.',
  'page.number': 'Seite {page} von {pages}',

  incident: 'Vorfall',
  'incident.kind': 'Art',
  'incident.occurred': 'Eingetreten',
  'incident.occurred-between': 'Eingetreten zwischen',
  'incident.between': '{first} und {last}',
  'incident.discovered': 'Entdeckt',
  'incident.notice': 'Anzeige beim Versicherer',
  'incident.policy': 'Versicherungsschein',
  'incident.reference': 'Aktenzeichen der Anzeige',
  'incident.assets': 'Betroffene Systeme',
  'incident.not-recorded': 'Nicht erfasst',
  'incident.none-named': 'Keine genannt',
  'incident.rest': '{text}… (der Rest steht in incident.json)',

  application: 'Geltender Antrag',
  'application.form': '{form}, Ausgabe {edition}.',
  'application.attested': 'Der Versicherungsnehmer hat ihn am {time} bestätigt.',
  'application.draft': 'Ein Entwurf: Niemand hatte ihn bis zu diesem Tag bestätigt.',
  'application.report': 'Der unterzeichnete Bericht liegt in application/.',
  'application.none': 'Für diesen Tag war kein Antrag dieses Kunden erfasst.',

  readiness: 'Nachweisstand am {day}',
  'readiness.views':
    'Beide Blicke gelten für das Ende dieses Tages in UTC. Der erste zählt Nachweise über den Tag, die bis {time} eingegangen sind; der zweite zählt nur, was am Tag selbst aufgezeichnet war.',
  'readiness.as-is': 'Was zutraf, nach heutigem Kenntnisstand',
  'readiness.as-known': 'Was damals bekannt sein konnte',
  'state.supported': 'durch Nachweise belegt',
  'state.contradicted': 'widerlegt',
  'state.excepted': 'widerlegt, mit Ausnahme',
  'state.unsupported': 'ohne Nachweis angegeben',
  'state.stale': 'Nachweis veraltet',
  'state.not-claimed': 'keine zu belegende Angabe',
  'state.unanswered': 'nicht beantwortet',

  contents: 'Was enthalten ist',
  'contents.path': 'Pfad',
  'contents.what': 'Was es ist',
  'contents.files': '{about} ({count, plural, one {# Datei} other {# Dateien}})',
  evidence: 'Nachweise, die zählten',
  'evidence.none': 'An diesem Tag zählte keine Datei.',
  'evidence.file': 'Datei',
  'evidence.title': 'Titel',
  'evidence.observed': 'Erhoben',
  missing: 'Fehlend',
  'missing.lead':
    'Diese Dateien sind eingegangen und haben gezählt; der Nachweisspeicher hat sie nicht mehr, wie sie waren. Das Manifest nennt jede mit der Prüfsumme, unter der sie eingegangen ist.',
  'missing.lost': '{title} (verloren)',
  'missing.damaged': '{title} (beschädigt)',

  check: 'Wie Sie die Dokumentation prüfen',
  'check.run':
    'Entpacken Sie das Archiv, und führen Sie Folgendes in seinem Ordner aus. README.txt wiederholt es. Sie brauchen dafür nichts von uns.',
  'check.ask':
    'Fragen Sie {organisation} telefonisch oder persönlich, ob dies der SHA-256-Fingerabdruck der dortigen Zertifizierungsstelle ist:',
  'check.proofs':
    'Die Belege in ledger/ führen zum Prüfpunkt {number, number} vom {time}, unterzeichnet über {size, plural, one {# Eintrag} other {# Einträge}}. „attested verify“ prüft alles auf einmal, offline.',
  'check.left-out':
    'Verzichtserklärungen zu abgelehnten Leistungen und erledigte Auflagen gehören nicht zu dieser Fassung der Dokumentation.',

  'about.incident': 'Was zum Vorfall erfasst wurde',
  'about.answers': 'Die an diesem Tag geltenden Antworten',
  'about.as-of': 'Was an dem Tag zutraf, nach dem Kenntnisstand bei Anforderung der Dokumentation',
  'about.as-known': 'Was an dem Tag selbst bekannt sein konnte',
  'about.timeline': 'Jede Maßnahme Tag für Tag vom Versicherungsbeginn bis zu diesem Tag',
  'about.exceptions': 'Was hingenommen wurde, obwohl Nachweise es widerlegten',
  'about.facts': 'Was aus den Nachweisen gelesen wurde und an dem Tag zählte',
  'about.drift': 'Was sich zwischen der Bestätigung und dem Tag geändert hatte',
  'about.signed-report':
    'Der Nachweisbericht, den der Versicherungsnehmer bestätigt hat, mit seinen Signaturen',
  'about.checkpoint': 'Die unterzeichnete Wurzel des Journals',
  'about.evidence': 'Die Originaldateien, die zählten, wie sie eingegangen sind',
  'about.proof': 'Einträge des Journals mit den Belegen, dass der Prüfpunkt sie umfasst',
  'about.manifest': 'Jede Datei: Prüfsumme, Größe, Inhalt und Daten',
  'about.signature': 'Signatur über das Manifest, mit signer.pem und authority.pem',
  'about.sums': 'Dieselben Prüfsummen, für sha256sum -c',
}
