import type { Feedback } from '@plaudit/sdk'
import { Bot, Terminal, User } from 'lucide-react'
import { useMemberNames } from '../../app/members.ts'
import { cx } from '../../ui/cx.ts'

const roles = { end_user: 'user', reviewer: 'reviewer', lead: 'lead' } as const
const looks = {
  human: { Icon: User, word: '', className: 'border-line text-ink-soft' },
  model: { Icon: Bot, word: 'model ', className: 'border-dashed border-accent text-accent' },
  code: { Icon: Terminal, word: 'code ', className: 'border-dashed border-line-strong text-ink-soft font-mono' },
} as const

/** Who judged. A model and a program never look like a person: a dashed frame, their own sign and the word. */
export function AuthorBadge({ author, me }: { author: Feedback['author']; me: string }) {
  const { Icon, word, className } = looks[author.kind]
  const nameOf = useMemberNames()
  const name = author.id === '' ? 'anonymous' : author.kind !== 'human' ? author.id : author.id === me ? 'you' : nameOf(author.id)
  return (
    <span
      title={author.id === '' ? undefined : author.id}
      className={cx('inline-flex max-w-44 min-w-0 items-center gap-1 rounded-sm border px-1.5 text-note leading-[1.125rem]', className)}
    >
      <Icon className="size-3 shrink-0" aria-hidden="true" />
      <span className="truncate">
        {word}
        {shorten(name)}
        {author.role !== null && name !== 'you' && `, ${roles[author.role]}`}
      </span>
    </span>
  )
}

/** Long machine-made ids say nothing beyond their beginning. */
function shorten(id: string): string {
  return /^[0-9A-Za-z_-]{20,}$/u.test(id) && /\d/u.test(id) ? `${id.slice(0, 8)}…` : id
}
