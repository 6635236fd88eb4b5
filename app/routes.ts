/** Every address of the product. Pages behind sign-in stand inside the workspace layout. */
import { index, layout, type RouteConfig, route } from '@remix-run/route-config'

const development = process.env.NODE_ENV !== 'production'

export default [
  index('routes/home.tsx'),
  route('sign-up', 'routes/sign-up.tsx'),
  route('sign-in', 'routes/sign-in.tsx'),
  route('sign-out', 'routes/sign-out.ts'),
  route('demo', 'routes/demo.tsx'),

  layout('routes/workspace.tsx', [
    route('clients', 'routes/clients.tsx'),
    route('clients/new', 'routes/client-new.tsx'),
    route('clients/:clientId/edit', 'routes/client-edit.tsx'),
    route('clients/:clientId', 'routes/client.tsx', [
      index('routes/client-overview.tsx'),
      route('evidence', 'routes/client-evidence.tsx'),
      route('scans', 'routes/client-scans.tsx'),
      route('reports', 'routes/client-reports.tsx'),
    ]),
    route('clients/:clientId/applications/new', 'routes/application-new.tsx'),
    route('applications/:applicationId', 'routes/application.tsx', [
      index('routes/application-start.tsx'),
      route('sections', 'routes/application-sections.ts'),
      route('sections/:sectionId', 'routes/application-section.tsx'),
      route('readiness', 'routes/application-readiness.tsx'),
      route('circumstances', 'routes/application-circumstances.tsx'),
      route('files', 'routes/application-files.tsx'),
      route('forms/:documentId', 'routes/application-form.tsx'),
      route('move', 'routes/application-move.tsx'),
      route('sign', 'routes/application-sign.tsx'),
    ]),
    route('workbooks/:workbookId', 'routes/workbook.tsx'),
    route('questionnaires', 'routes/questionnaires.tsx'),
    route('questionnaires/new', 'routes/questionnaire-new.tsx'),
    route('questionnaires/compare', 'routes/edition-compare.tsx'),
    route('questionnaires/drafts/:draftId', 'routes/definition-draft.tsx'),
    route('questionnaires/drafts/:draftId/preview', 'routes/definition-draft-preview.tsx'),
    route('questionnaires/:formCode/:edition', 'routes/edition.tsx'),
    route('questionnaires/:formCode/:edition/preview', 'routes/edition-preview.tsx'),
    route('questionnaires/:formCode/:edition/what-if', 'routes/edition-what-if.tsx'),
    route('documents', 'routes/documents.tsx'),
    route('documents/:documentId', 'routes/document.tsx'),
    route('documents/:documentId/mapping', 'routes/document-mapping.tsx'),
    route('evidence/:evidenceId', 'routes/evidence.tsx'),
    route('scans/:importId', 'routes/scan.tsx'),
    route('reports/:reportId', 'routes/report.tsx'),
    route('ledger', 'routes/ledger.tsx'),
    route('account', 'routes/account.tsx'),
  ]),

  route('applications/:applicationId/answers/:questionId', 'routes/answer.ts'),
  route('applications/:applicationId/workbook', 'routes/application-workbook.ts'),
  route('applications/:applicationId/forms/:documentId/file', 'routes/application-form-file.ts'),
  route('questionnaires/template', 'routes/questionnaire-template.ts'),
  route('questionnaires/:formCode/:edition/file', 'routes/edition-file.ts'),
  route('clients/:clientId/upload', 'routes/upload.ts'),
  route('scans/:importId/progress', 'routes/scan-progress.ts'),
  route('revisions/:revisionId/file', 'routes/revision-file.ts'),
  route('reports/:reportId/file', 'routes/report-file.ts'),
  route('reports/:reportId/progress', 'routes/report-progress.ts'),
  route('reports/:reportId/authority', 'routes/report-authority.ts'),

  route('*', 'routes/not-found.tsx'),
  ...(development ? [route('_gallery', 'routes/gallery.tsx')] : []),
] satisfies RouteConfig
