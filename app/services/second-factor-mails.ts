/** What is written to somebody when what their account opens with changes, so that a change of somebody else’s is seen. */
import type { Mail } from './guest-mails.ts'

export type FactorNews =
  | { news: 'added' | 'removed'; name: string }
  | { news: 'codes-made' | 'code-used' | 'too-many' }

const SUBJECT: Record<FactorNews['news'], string> = {
  added: 'A second factor was added to your account',
  removed: 'A second factor was removed from your account',
  'codes-made': 'New recovery codes for your account',
  'code-used': 'A recovery code of your account was used',
  'too-many': 'Somebody typed wrong codes for your account',
}

function sentenceOf(news: FactorNews): string {
  switch (news.news) {
    case 'added':
      return `“${news.name}” was added to your account. From now on signing in asks for a second factor, and every other session was ended if this was the first.`
    case 'removed':
      return `“${news.name}” was removed from your account. Every other session was ended.`
    case 'codes-made':
      return 'New recovery codes were made for your account. Older ones open nothing any more.'
    case 'code-used':
      return 'Somebody signed in to your account with your password and one of your recovery codes.'
    case 'too-many':
      return 'Wrong codes or passwords were typed for your account many times. No code is taken for up to an hour. Whoever it was knows your password or sits at a computer where you are signed in; passkeys still work.'
  }
}

export function writeFactorMail(person: { name: string }, news: FactorNews): Mail {
  return {
    subject: SUBJECT[news.news],
    content: {
      greeting: `Hello ${person.name},`,
      paragraphs: [sentenceOf(news)],
      code: null,
      action: null,
      closing: [
        'This was you? Then there is nothing to do.',
        'It was not? Sign in, end the sessions you don’t recognise under Account, and tell whoever runs this installation.',
      ],
    },
  }
}
