import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useNavigation } from '@remix-run/react'
import { Button } from '#app/components/button.tsx'
import { FileDrop } from '#app/components/file-drop.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { answering } from '#app/http/faults.server.ts'
import { refusalOf } from '#app/http/form-upload.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart, UploadError } from '#app/http/multipart.server.ts'
import { draftFromUpload } from '#app/services/definition-workbooks.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await requireMember(request)
  return null
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  return answering(async () => {
    try {
      const { fileName, stored } = await receiveMultipart(request, collect)
      const made = await draftFromUpload(member, { fileName, bytes: stored })
      if (made.outcome === 'draft') return redirect(`/questionnaires/drafts/${made.draftId}`)
      return data({ problems: made.problems, fileName }, { status: 400 })
    } catch (error) {
      return refusalOf(error)
    }
  })
}

const LARGEST = 10 * 1024 * 1024

async function collect(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file) {
    size += chunk.byteLength
    if (size > LARGEST) {
      throw new UploadError('too-large', 'A questionnaire has at most 10 MB. Choose another file.')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export const meta: MetaFunction = () => [{ title: pageTitle('Write a questionnaire') }]

export default function NewQuestionnairePage() {
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  return (
    <>
      <PageHeader
        title="Write a questionnaire"
        breadcrumb={[{ label: 'Questionnaires', href: '/questionnaires' }]}
        lead="Bring in an insurer’s questions as a definition or a spreadsheet. It becomes a draft that you correct, try and then publish for your organisation."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" title="The file was not taken" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {result && 'problems' in result ? (
        <Notice kind="danger" title={`${result.fileName} cannot be read yet`} announce>
          <p>Correct these cells and choose the file again.</p>
          <ol className="mt-1.5 space-y-1">
            {result.problems.slice(0, 50).map((problem) => (
              <li key={`${problem.sheet} ${problem.cell} ${problem.message}`}>
                {problem.sheet}, {problem.cell}: {problem.message}
              </li>
            ))}
          </ol>
        </Notice>
      ) : null}
      <Form method="post" encType="multipart/form-data" className="mt-6 max-w-measure space-y-5">
        <FileDrop
          name="file"
          label="Definition or spreadsheet"
          accept=".yaml,.yml,.json,.xlsx"
          invitation="YAML, JSON or our spreadsheet template, 10 MB at most"
        />
        <Button type="submit" variant="primary" loading={navigation.state !== 'idle'} loadingLabel="Reading">
          Read it into a draft
        </Button>
      </Form>
      <PageSection title="Starting points">
        <ul className="space-y-2">
          <li>
            <a className="text-link" href="/questionnaires/template" download>
              Spreadsheet template
            </a>{' '}
            <span className="text-ink-soft">with instructions and examples</span>
          </li>
          <li>
            <a className="text-link" href="/schema/questionnaire-1.json" download>
              JSON Schema
            </a>{' '}
            <span className="text-ink-soft">for editors that complete and check YAML while you type</span>
          </li>
          <li className="text-ink-soft">
            Or open a built-in form and choose “Make it your own”: it becomes a draft that you change.
          </li>
        </ul>
      </PageSection>
    </>
  )
}
