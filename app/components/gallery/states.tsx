import type { AnswerStatus, ControlStatus, Outcome, Reason } from '#app/readiness/status.ts'
import { Button } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { KeyboardHint } from '../keyboard-hint.tsx'
import { TextLink } from '../link.tsx'
import { LogoMark } from '../logo.tsx'
import { Meter } from '../meter.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { ReasonList } from '../reason-list.tsx'
import { SaveState, type SaveStatus } from '../save-state.tsx'
import { AnswerStatusBadge, ControlStatusBadge } from '../status-badge.tsx'
import { TextField } from '../text-field.tsx'
import { useToast } from '../toast.tsx'
import { Tooltip } from '../tooltip.tsx'

const answerStatuses: AnswerStatus[] = ['supported', 'unsupported', 'stale', 'contradicted', 'not-claimed']
const controlStatuses: ControlStatus[] = ['met', 'partly', 'unmet', 'unknown', 'not-applicable']

const sentences: Record<Outcome, [string, string | null]> = {
  supports: [
    'The identity export of 20 Nov 2026 shows a second factor enforced for 41 of 41 mailboxes.',
    null,
  ],
  weakens: [
    'The scan of 12 Nov 2026 found 3 hosts with a critical finding older than 30 days.',
    'Patch the three hosts and import a new scan.',
  ],
  contradicts: [
    '6 of 41 VPN accounts signed in without a second factor in November 2026.',
    'Enforce the second factor for those accounts and add a new export, or answer "sometimes".',
  ],
  'not-comparable': [
    'The external scan cannot see whether internal remote desktop is restricted.',
    'Add an internal scan.',
  ],
  stale: [
    'The last restore test is from 3 Sep 2025, 14 months ago; it counted for 12.',
    'Record a newer restore test.',
  ],
}

const reasons: Reason[] = (Object.keys(sentences) as Outcome[]).map((outcome) => ({
  outcome,
  sentence: sentences[outcome][0],
  remedy: sentences[outcome][1],
  ruleId: outcome,
  factIds: [],
  revisionIds: [],
}))

const saves: SaveStatus[] = [
  { state: 'saving' },
  { state: 'saved', at: '2026-11-24T14:05:00Z' },
  { state: 'conflict', by: 'Ines Duarte', at: '2026-11-24T14:04:00Z' },
  { state: 'error', sentence: 'the server did not answer.' },
]

export function GalleryStates() {
  const notify = useToast()
  return (
    <>
      <PageSection title="Status">
        <div className="flex flex-wrap gap-x-6 gap-y-3">
          {answerStatuses.map((status) => (
            <AnswerStatusBadge key={status} status={status} />
          ))}
          {controlStatuses.map((status) => (
            <ControlStatusBadge key={status} status={status} />
          ))}
        </div>
        <div className="mt-4 flex flex-wrap gap-2">
          {answerStatuses.map((status) => (
            <AnswerStatusBadge key={status} status={status} shape="stamp" />
          ))}
          {controlStatuses.map((status) => (
            <ControlStatusBadge key={status} status={status} shape="stamp" />
          ))}
        </div>
      </PageSection>
      <PageSection title="Reasons">
        <ReasonList
          reasons={reasons}
          sourcesOf={(reason) =>
            reason.outcome === 'contradicts' ? (
              <TextLink to="?evidence=3">Sign-in log, November 2026</TextLink>
            ) : null
          }
        />
      </PageSection>
      <PageSection title="Notices">
        <div className="grid gap-3">
          <Notice kind="info" title="The scan is being read">
            You can leave this page; it goes on without you.
          </Notice>
          <Notice kind="success" title="Signed">
            The report can be downloaded and verified.
          </Notice>
          <Notice kind="warning">Two pieces of evidence expire within 14 days.</Notice>
          <Notice
            kind="danger"
            title="The file could not be read"
            action={<Button size="small">Choose another file</Button>}
          >
            It ends in the middle of a host. Export it from Nessus again; nothing was changed.
          </Notice>
        </div>
      </PageSection>
      <PageSection title="Saving and progress">
        <div className="grid gap-3">
          {saves.map((status) => (
            <SaveState key={status.state} status={status} onRetry={() => {}} onReview={() => {}} />
          ))}
          <ProgressBar label="Reading head-office.nessus" share={0.42} detail="412 of 980 hosts" />
          <ProgressBar label="Preparing the report" share={null} />
          <Meter label="Endpoint detection" value={112} total={115} noun="devices covered" />
        </div>
      </PageSection>
      <PageSection title="Buttons and layers">
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="primary">Save answer</Button>
          <Button>Compare editions</Button>
          <Button variant="quiet">Cancel</Button>
          <Button variant="danger">Archive client</Button>
          <Button variant="primary" loading loadingLabel="Signing">
            Sign
          </Button>
          <Button variant="primary" disabled>
            Sign
          </Button>
          <Button size="small">Small</Button>
          <KeyboardHint keys={['Ctrl', 'Enter']} />
          <LogoMark size={40} />
        </div>
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <Dialog
            trigger={<Button>Open dialog</Button>}
            title="Record an exception"
            lead="It is printed in the report beside the answer."
            actions={
              <>
                <Button variant="primary">Record exception</Button>
                <DialogClose>
                  <Button>Cancel</Button>
                </DialogClose>
              </>
            }
          >
            <TextField label="Reason" hint="What keeps the control from being in place." />
          </Dialog>
          <ConfirmDialog
            trigger={<Button>Open confirmation</Button>}
            title="Archive Harbour Street Dental?"
            confirmLabel="Archive client"
            danger
            onConfirm={() => {}}
          >
            Its reports stay valid and can be verified. You can bring it back at any time.
          </ConfirmDialog>
          <Button
            onClick={() =>
              notify({ kind: 'success', title: 'Client archived', text: 'Harbour Street Dental' })
            }
          >
            Show toast
          </Button>
          <Tooltip text="Counted from the day it was observed">
            <Button variant="quiet">Hover or focus</Button>
          </Tooltip>
        </div>
      </PageSection>
    </>
  )
}
