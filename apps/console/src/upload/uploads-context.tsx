import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { useApi } from '../api/api-context.tsx';
import { createUploads, type Uploads } from './create-uploads.ts';
import type { UploadItem } from './upload-item.ts';

const UploadsContext = createContext<Uploads | null>(null);

/** It is above the pages, so that uploads go on while other pages are shown. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const client = useApi();
  const uploads = useMemo(() => createUploads(client), [client]);
  return <UploadsContext value={uploads}>{children}</UploadsContext>;
}

export function useUploads(): { readonly uploads: Uploads; readonly items: readonly UploadItem[] } {
  const uploads = useContext(UploadsContext);
  if (uploads === null) throw new TypeError('useUploads needs an UploadsProvider above it.');
  return { uploads, items: useSyncExternalStore(uploads.subscribe, uploads.list) };
}
