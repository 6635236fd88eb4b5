import { EMAIL, type Targets } from './target.ts'

export const userTargets: Targets = {
  email: {
    label: 'User',
    canonical: 'email',
    required: true,
    words: ['email', 'emailaddress', 'user', 'username', 'userprincipalname', 'upn', 'login', 'account'],
    cells: EMAIL,
  },
  enrolled: {
    label: 'MFA registered',
    canonical: 'enrolled',
    words: [
      'mfaregistered',
      'mfaenrolled',
      'ismfaregistered',
      'mfacapable',
      'ismfacapable',
      '2faenrolled',
      'mfastatus',
      '2svenrolled',
      'mfa',
      '2fa',
      'mfaenabled',
    ],
  },
  enforced: {
    label: 'MFA demanded',
    canonical: 'enforced',
    words: ['mfaenforced', 'mfarequired', '2faenforced', '2svenforced', 'enforced', 'required'],
  },
  admin: {
    label: 'Administrator',
    canonical: 'admin',
    words: ['admin', 'isadmin', 'administrator', 'superadmin', 'issuperadmin'],
  },
  status: {
    label: 'Account state',
    canonical: 'status',
    words: ['status', 'accountenabled', 'enabled', 'accountstatus', 'state', 'active'],
  },
}

export const trainingTargets: Targets = {
  email: {
    label: 'Person',
    canonical: 'Email',
    required: true,
    words: ['email', 'emailaddress', 'user', 'username', 'learner', 'employee', 'useremail', 'learneremail'],
    cells: EMAIL,
  },
  course: {
    label: 'Training',
    canonical: 'Campaign Name',
    required: true,
    words: [
      'course',
      'coursename',
      'campaign',
      'campaignname',
      'module',
      'modulename',
      'training',
      'trainingname',
      'assignment',
      'content',
      'lesson',
    ],
  },
  status: {
    label: 'State',
    canonical: 'Status',
    words: ['status', 'completionstatus', 'state', 'result', 'trainingstatus', 'enrollmentstatus'],
    cells: /^(completed|not started|in progress|passed|failed|overdue|past due)$/i,
  },
  progress: {
    label: 'Share completed',
    canonical: 'Progress',
    words: ['progress', 'completion', 'percentcomplete', 'complete', 'completionpercentage'],
  },
  completed: {
    label: 'Completed on',
    canonical: 'Completion Date',
    words: ['completiondate', 'completedon', 'completeddate', 'datecompleted', 'completedat', 'finished'],
  },
  assigned: {
    label: 'Assigned on',
    canonical: 'Enrollment Date',
    words: [
      'enrollmentdate',
      'assignedon',
      'assigneddate',
      'startdate',
      'enrolledon',
      'dateassigned',
      'duedate',
    ],
  },
}

export const phishingTargets: Targets = {
  campaign: {
    label: 'Test',
    canonical: 'Campaign Name',
    required: true,
    words: ['campaign', 'campaignname', 'test', 'testname', 'template', 'name', 'phishingcampaign'],
  },
  person: {
    label: 'Person',
    canonical: 'Email',
    words: ['email', 'emailaddress', 'user', 'recipient'],
    cells: EMAIL,
  },
  delivered: {
    label: 'Delivered',
    canonical: 'Delivered',
    words: ['delivered', 'sent', 'recipients', 'emailsdelivered', 'emailssent'],
  },
  clicked: {
    label: 'Clicked',
    canonical: 'Clicked',
    words: ['clicked', 'clicks', 'failures', 'compromised', 'linkclicked'],
  },
  reported: { label: 'Reported', canonical: 'Reported', words: ['reported', 'reports', 'phishalerts'] },
  prone: {
    label: 'Phish-prone share',
    canonical: 'Phish-prone Percentage',
    words: ['phishpronepercentage', 'phishprone', 'ppp', 'failurerate', 'clickrate'],
  },
  when: {
    label: 'Date',
    canonical: 'Start Date',
    words: ['date', 'startdate', 'started', 'sentdate', 'senddate', 'campaigndate', 'startedat'],
  },
}
