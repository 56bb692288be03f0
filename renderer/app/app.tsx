import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { queryClient } from '../gateway/query-client.ts';
import { TextsProvider, usePresentTexts } from '../i18n/use-text.ts';
import { DrawnBehind } from '../state/draw-behind.tsx';
import { useEntrance } from '../state/entrance.ts';
import { useSession } from '../state/session.ts';
import { TipHost } from '../ui/actions/tip.tsx';
import { mantineTheme } from '../ui/theme/mantine-theme.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { ROOMS } from './rooms.ts';

const appearance = localStorageColorSchemeManager({ key: 'desk.appearance' });

/** The window: which room is open follows from the session alone. */
function Rooms() {
  const session = useSession((state) => state.session);
  const lastVault = useSession((state) => state.lastVault);
  const wish = useEntrance((state) => state.wish);
  const holding = useEntrance((state) => state.holding);
  if (session === null) return null;
  if (holding) return <ROOMS.start.component />;
  if (session.kind === 'desk') return <ROOMS.desk.component key={session.user?.login} />;
  if (session.kind === 'handover' || session.kind === 'lookup') return <ROOMS.lookup.component />;
  return lastVault === null || wish === 'start' ? <ROOMS.start.component /> : <ROOMS.lock.component />;
}

/** No style tag is ever injected (R15): Mantine's variables and classes come from files. */
export function App() {
  return (
    <TextsProvider value={usePresentTexts()}>
      <QueryClientProvider client={queryClient}>
        <MantineProvider
          theme={mantineTheme}
          withCssVariables={false}
          withGlobalClasses={false}
          defaultColorScheme="auto"
          colorSchemeManager={appearance}
        >
          <ErrorBoundary>
            <Suspense fallback={null}>
              <Rooms />
            </Suspense>
          </ErrorBoundary>
          <Notifications position="bottom-right" limit={4} transitionDuration={100} />
          <TipHost />
          <DrawnBehind />
        </MantineProvider>
      </QueryClientProvider>
    </TextsProvider>
  );
}
