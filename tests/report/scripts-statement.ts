/** The example with names and answers in scripts beyond Latin, Greek and Cyrillic. */
import type { Statement } from '#app/report/statement.ts'
import { exampleStatement } from './example-statement.ts'

export const WORDS = {
  hebrew: 'מעבורות הצפון בע"מ (סניף ראשי)',
  arabic: 'شركة العبّارات الشمالية المحدودة',
  thai: 'บริษัท เรือข้ามฟากเหนือ น้ำลึก จำกัด',
  hindi: 'उत्तरी नौका सेवा प्राइवेट लिमिटेड',
  korean: '북방 페리 주식회사',
  japanese: '株式会社北海道フェリー',
  chinese: '北风轮渡与岛屿货运股份有限公司，总部设在北京，员工二百一十四人，另有两个岛屿办事处',
  emoji: '🚢',
} as const

const LONG = {
  hebrew: 'שני חשבונות של ספק המיזוג מוחלפים עד סוף 2026, ראו את החריגה (סעיף 4).',
  japanese:
    '空調業者の二つのサービスアカウントは、四月にゲートウェイが交換されるまで第二要素を使用できないため、踏み台サーバー一台と一つの送信元アドレスに制限されています。',
}

export function scriptsStatement(): Statement {
  const example = exampleStatement()
  const [first, second] = example.signers
  if (!first || !second) throw new Error('The example has two signers')
  const shown = Object.values(WORDS)
  return {
    ...example,
    preparedBy: { ...example.preparedBy, name: WORDS.arabic },
    client: { ...example.client, legalName: WORDS.hebrew, industry: WORDS.thai },
    answers: example.answers.map((answer, index) => ({
      ...answer,
      shown: shown[index] ?? answer.shown,
      answeredBy: index % 2 ? WORDS.arabic : WORDS.hebrew,
      answer:
        index === 3 || index === 4
          ? {
              state: 'answered' as const,
              value: { kind: 'yes-no' as const, choice: 'yes' as const },
              explanation: index === 3 ? LONG.hebrew : LONG.japanese,
            }
          : answer.answer,
    })),
    evidence: example.evidence.map((item, index) => ({
      ...item,
      title: shown[index + 2] ?? item.title,
      collector: index === 0 ? WORDS.hebrew : item.collector,
    })),
    signers: [
      { ...first, name: WORDS.korean, title: 'Lead technician', organisation: WORDS.arabic },
      { ...second, name: WORDS.hindi, organisation: WORDS.hebrew },
    ],
  }
}
