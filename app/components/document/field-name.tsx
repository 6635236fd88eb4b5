/** What people call a field of an insurer's form and, where it is another word, what the file calls it. */
export function FieldName({ label, name }: { label: string; name: string }) {
  if (label === '' || label === name) return <span className="break-words">{name}</span>
  return (
    <>
      <span className="block break-words">{label}</span>
      <code className="block break-all font-mono font-normal text-ink-faint text-micro">{name}</code>
    </>
  )
}
