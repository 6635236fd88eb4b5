import { ClipboardList, FileCheck2, House, ScrollText, Settings, UsersRound } from 'lucide-react'
import { AppShell } from '../components/app-shell.tsx'
import { GalleryForms } from '../components/gallery/forms.tsx'
import { GalleryPages } from '../components/gallery/pages.tsx'
import { GalleryStates } from '../components/gallery/states.tsx'
import { TextLink } from '../components/link.tsx'

const navigation = [
  { to: '/', label: 'Overview', icon: House },
  { to: '/_gallery', label: 'Clients', icon: UsersRound, count: 4 },
  { to: '/applications', label: 'Applications', icon: ClipboardList },
  { to: '/evidence', label: 'Evidence', icon: FileCheck2 },
  { to: '/ledger', label: 'Ledger', icon: ScrollText },
  { to: '/settings', label: 'Organisation', icon: Settings },
]

/** Every component in every state, for designers and for the accessibility test; only served in development. */
export default function Gallery() {
  return (
    <AppShell
      organisationName="Northgate Managed Services"
      userName="Wren Okafor"
      userDetail="Technician"
      isDemo
      demoAction={<TextLink to="/sign-up">Create your organisation</TextLink>}
      navigation={navigation}
      currentPath="/_gallery"
    >
      <GalleryPages />
      <GalleryStates />
      <GalleryForms />
    </AppShell>
  )
}
