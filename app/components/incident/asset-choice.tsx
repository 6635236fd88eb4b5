/** Which assets an incident touched: plain checkboxes, with a filter over many. */
import { useState } from 'react'

export interface AssetOption {
  id: string
  name: string
  address: string | null
}

const MANY = 12

export function AssetChoice(props: { assets: AssetOption[]; chosen: readonly string[]; isCut: boolean }) {
  const { assets, chosen, isCut } = props
  const [sought, setSought] = useState('')
  if (assets.length === 0) {
    return <p className="text-ink-soft">The register of this client is empty. A scan fills it.</p>
  }
  const isShown = ({ name, address }: AssetOption) =>
    `${name} ${address ?? ''}`.toLowerCase().includes(sought.trim().toLowerCase())
  return (
    <fieldset>
      <legend className="sr-only">Affected assets</legend>
      {assets.length > MANY ? (
        <label className="mb-3 block max-w-72">
          <span className="mb-1 block font-medium">Filter</span>
          <input
            type="search"
            className="control-surface"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
        </label>
      ) : null}
      <ul className="max-h-80 overflow-y-auto border-rule border-t">
        {assets.map((asset) => (
          // Hidden and not left out: what is ticked is sent whether it is shown or not.
          <li key={asset.id} className="border-hairline border-b" hidden={!isShown(asset)}>
            <label className="flex cursor-pointer items-baseline gap-2.5 py-2">
              <input
                type="checkbox"
                name="affectedAssetIds[]"
                value={asset.id}
                defaultChecked={chosen.includes(asset.id)}
                className="accent-accent"
              />
              <span className="wrap-anywhere">{asset.name}</span>
              {asset.address && asset.address !== asset.name ? (
                <span className="text-caption text-ink-soft">{asset.address}</span>
              ) : null}
            </label>
          </li>
        ))}
      </ul>
      {isCut ? (
        <p className="mt-2 text-caption text-ink-soft">
          Only the first are listed. Name further ones in the account above.
        </p>
      ) : null}
    </fieldset>
  )
}
