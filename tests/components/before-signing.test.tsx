import { describe, expect, it } from 'vitest'
import { BlankNoesNotice, WaitingProposalsNotice } from '#app/components/readiness/before-signing.tsx'
import { SectionProgress } from '#app/components/section-progress.tsx'
import { attributes, render } from './render.tsx'

const textOf = (markup: string) => markup.replace(/<[^>]*>/g, '')

describe('before signing', () => {
  it('names each question left blank that is signed as "no", with a link to it', async () => {
    const rows = [
      { item: '4', prompt: 'Is there an isolated copy?', href: '/applications/a/sections/backup#copy' },
      { item: '7b', prompt: 'Is it tested?', href: '/applications/a/sections/backup#tested' },
    ]
    const markup = await render(<BlankNoesNotice rows={rows} />)
    expect(attributes(markup, 'href')).toEqual(rows.map(({ href }) => href))
    for (const { item, prompt } of rows) expect(textOf(markup)).toContain(`${item}${prompt}`)
    expect(textOf(markup)).toContain('2 questions left blank are signed as “no”')
    expect(await render(<BlankNoesNotice rows={[]} />)).toBe('')
  })

  it('says in which sections proposed answers wait', async () => {
    const sections = [
      { title: 'Backups', href: '/s/backups', count: 2 },
      { title: 'Payments', href: '/s/payments', count: 3 },
    ]
    const markup = await render(<WaitingProposalsNotice sections={sections} />)
    expect(textOf(markup)).toContain('5 proposed answers are not confirmed')
    expect(textOf(markup)).toContain('Backups: 2 proposed')
  })
})

describe('the section menu', () => {
  const section = { id: 's', title: 'Backups', href: '/s', answered: 1, total: 4 }

  it('says how many proposed answers wait, also to whoever hears it', async () => {
    const markup = await render(<SectionProgress sections={[{ ...section, waiting: 2 }]} />)
    expect(textOf(markup)).toContain(', 2 proposed, to be confirmed')
    expect(textOf(await render(<SectionProgress sections={[section]} />))).not.toContain('proposed')
  })
})
