import type { RetrievedDocument } from '@plaudit/protocol'
import { dataOf, isRecord, numberOf, textOf } from './value.ts'

/** Retrieved documents from a list of them, in rank order: records with some of id, content, score and metadata, or plain texts. Null for none. */
export function documentsOf(list: readonly unknown[] | null): RetrievedDocument[] | null {
  if (list === null || list.length === 0) return null
  return list.map((one) => {
    const document = dataOf(one)
    if (!isRecord(document)) return { content: textOf(document) }
    const id = document['id'] ?? document['document_id']
    const content = document['content'] ?? document['page_content'] ?? document['pageContent'] ?? document['text']
    const score = numberOf(document['score'] ?? document['relevance_score'])
    return {
      ...(id === undefined || id === null ? {} : { id: textOf(id) }),
      content: textOf(content),
      ...(score === null ? {} : { score }),
      ...(document['metadata'] === undefined ? {} : { metadata: dataOf(document['metadata']) }),
    }
  })
}
