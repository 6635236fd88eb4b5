import { beforeAll, describe, expect, it } from 'vitest'
import { AppShell } from '#app/components/app-shell.tsx'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { ErrorPage } from '#app/components/error-page.tsx'
import { GalleryForms } from '#app/components/gallery/forms.tsx'
import { GalleryPages } from '#app/components/gallery/pages.tsx'
import { GalleryStates } from '#app/components/gallery/states.tsx'
import { Specimen } from '#app/components/specimen.tsx'
import { attributes, render } from './render.tsx'

describe('a page with every component on it', () => {
  let markup = ''
  beforeAll(async () => {
    markup = await render(
      <AppShell
        organisationName="Northgate"
        userName="Wren Okafor"
        isDemo
        navigation={[]}
        currentPath="/clients/1"
      >
        <GalleryPages />
        <GalleryStates />
        <GalleryForms />
        <Specimen />
      </AppShell>,
    )
  })

  it('carries no inline style, which the content security policy would refuse', () => {
    expect(attributes(markup, 'style')).toEqual([])
    expect(markup).not.toContain('<style')
  })

  it('has no id twice', () => {
    const ids = attributes(markup, 'id')
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it.each(['for', 'aria-labelledby', 'aria-describedby'])('points %s at elements that exist', (name) => {
    const ids = new Set(attributes(markup, 'id'))
    const targets = attributes(markup, name).flatMap((value) => value.split(' '))
    expect(targets.length).toBeGreaterThan(0)
    expect(targets.filter((target) => !ids.has(target))).toEqual([])
  })

  it('starts with a link to the content, and has one main part and one main heading', () => {
    expect(markup).toMatch(/^<div[^>]*><a href="#main"/)
    expect(markup.match(/<main /g)).toHaveLength(1)
    expect(markup.match(/<h1 /g)).toHaveLength(1)
  })

  it('tells the direction in which a table is sorted', () => {
    expect(attributes(markup, 'aria-sort')).toContain('descending')
  })
})

describe('pages outside the workspace', () => {
  it('put a form under its title', async () => {
    const markup = await render(<AuthLayout title="Sign in">form</AuthLayout>)
    expect(markup).toMatch(/<h1[^>]*>Sign in<\/h1>/)
    expect(attributes(markup, 'style')).toEqual([])
  })

  it.each([
    [403, 'You may not open this page'],
    [404, 'There is no such page'],
    [500, 'Something failed on our side'],
    [418, 'Something failed on our side'],
  ])('explain status %i and offer a way on', async (status, title) => {
    const markup = await render(<ErrorPage status={status} />)
    expect(markup).toContain(title)
    expect(markup).toContain('Go to the start')
  })

  it('show the server’s own sentence and reference when there are any', async () => {
    const markup = await render(<ErrorPage status={403} sentence="Only owners sign." reference="req-7" />)
    expect(markup).toContain('Only owners sign.')
    expect(markup).toContain('req-7')
  })
})
