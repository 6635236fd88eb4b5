/** The answering page without its server: what it sends is answered here as the server would, and kept for the test. */
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider, useLoaderData } from 'react-router-dom'
import type { HeldAnswer } from '#app/components/questionnaire/question-card.tsx'
import { SectionForm, type SectionFormProps } from '#app/components/questionnaire/section-form.tsx'
import type { Answer } from '#questionnaires/answers.ts'
import { edition, evidenceChoices, NOW, proposals } from '../questionnaire-edition.ts'
import '../../../app/styles/app.css'

export interface TestPage {
  /** Every save, in order. */
  saves: { questionId: string; answer: Answer | null; seenVersion: number }[]
  held: Record<string, HeldAnswer>
  /** The server is out of reach. */
  isDown: boolean
}

const page: TestPage = { saves: [], held: {}, isDown: false }
Object.assign(window, { page })

window.fetch = async (address, init) => {
  if (page.isDown) throw new TypeError('Failed to fetch')
  const questionId = String(address).split('/').at(-1) ?? ''
  const { answer, seenVersion } = JSON.parse(String(init?.body))
  page.saves.push({ questionId, answer, seenVersion })
  const version = page.held[questionId]?.version ?? 0
  if (version !== seenVersion) {
    const current = {
      answer: page.held[questionId]?.answer,
      shown: 'Theirs',
      version,
      by: 'Ines Duarte',
      at: NOW,
    }
    return Response.json({ outcome: 'conflict', current }, { status: 409 })
  }
  const answeredAt = new Date().toISOString()
  page.held[questionId] = { answer, version: version + 1, answeredAt }
  return Response.json({ outcome: 'saved', version: version + 1, answeredAt })
}

function loader(): SectionFormProps {
  return {
    applicationId: 'a1',
    clientId: 'c1',
    edition: structuredClone(edition),
    sectionId: 'kinds',
    held: structuredClone(page.held),
    readiness: [],
    proposals: {
      encryption: proposals.unexplained,
      'remote-mfa': proposals.reworded,
      'backup-frequency': proposals.changed,
      'edr-share': proposals.fact,
    },
    evidenceChoices,
    gapDefaults: { owner: 'Wren Okafor', dueOn: '2026-12-08' },
    now: NOW,
    isFrozen: false,
  }
}

function Page() {
  return (
    <main className="mx-auto max-w-6xl p-4">
      <h1 className="text-title">Every kind of answer</h1>
      <SectionForm {...(useLoaderData() as SectionFormProps)} />
    </main>
  )
}

const router = createBrowserRouter([
  { path: '/', element: <Page />, loader },
  // Elsewhere in the application, as far as this page knows it.
  { path: '*', element: <p>Another page</p> },
])
const root = document.getElementById('root')
if (root) createRoot(root).render(<RouterProvider router={router} future={{ v7_startTransition: true }} />)
