import { useEffect } from 'react';

/** Names the window after what it shows; the name goes when the screen does. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Parley`;
    return () => {
      document.title = 'Parley';
    };
  }, [title]);
}
