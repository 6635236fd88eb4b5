/** What to do in the first hours, as policies ask for it. */
export function NoticeAdvice() {
  return (
    <ol className="list-decimal ps-5 [&>li]:mt-1">
      <li>
        Call the hotline on the policy’s declarations page first. Notice within 24 to 72 hours of the
        discovery is common, and counsel or forensics hired without the insurer’s consent may not be paid.
      </li>
      <li>
        Do not wipe, re-image or restore over anything yet. Unplug it from the network and leave it switched
        on: what is lost now cannot be shown later.
      </li>
      <li>Keep the ransom note, logs, messages and invoices, and write down who saw what and when.</li>
      <li>
        Record the incident here and make a claim pack: the signed application and the evidence of that day
        will be compared with what forensics finds.
      </li>
    </ol>
  )
}
