import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useActivity } from '../gateway/use-activity.ts';
import { useText } from '../i18n/use-text.ts';
import { ShownPlaceProvider, useNavigate, usePlace, useShownPlace } from '../state/navigation.ts';
import { usePreferences } from '../state/preferences.ts';
import { useSession } from '../state/session.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { Button } from '../ui/actions/button.tsx';
import { DialogStack } from '../ui/dialog/dialog.tsx';
import { RefusedState } from '../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../ui/states/loading-skeleton.tsx';
import styles from './desk-frame.module.css';
import { DeskNotices } from './desk-notices.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { lockDesk } from './lock-desk.ts';
import { Rail } from './rail.tsx';
import { SCREENS, screenById } from './screens.ts';
import { StatusLine } from './status-line.tsx';
import { TopBar } from './top-bar.tsx';

const railScreens = SCREENS.filter((screen) => screen.inRail);

/** The desk: rail, search box, working area, status line. */
export function DeskFrame() {
  const { t } = useText();
  const { goBack, goForward, goToScreen } = useNavigate();
  const work = useRef<HTMLElement>(null);
  useActivity();

  useShortcut('mod+l', () => lockDesk(), { labelKey: 'keys.lock', groupKey: 'keys.group.desk', inInputs: true });
  useShortcut('alt+arrowleft', goBack, { labelKey: 'keys.back', groupKey: 'keys.group.desk' });
  useShortcut('alt+arrowright', goForward, { labelKey: 'keys.forward', groupKey: 'keys.group.desk' });
  useScreenKeys(goToScreen);

  return (
    <Placed>
      <div className={styles.frame}>
        <button type="button" className={styles.skip} onClick={() => work.current?.focus()}>
          {t('app.skipToWork')}
        </button>
        <DeskNotices />
        <Rail />
        <TopBar />
        <main ref={work} id="work" className={styles.work} tabIndex={-1}>
          <Work />
        </main>
        <StatusLine />
        <DialogStack />
      </div>
    </Placed>
  );
}

/** Only what asks where the desk is is drawn anew when that changes. */
function Placed({ children }: { readonly children: ReactNode }) {
  const place = useShownPlace();
  const setLastScreen = usePreferences((state) => state.setLastScreen);
  useEffect(() => setLastScreen(place.screen), [setLastScreen, place.screen]);
  return <ShownPlaceProvider value={place}>{children}</ShownPlaceProvider>;
}

function Work() {
  const { screen } = usePlace();
  return (
    <ErrorBoundary resetKey={screen}>
      <Suspense fallback={<LoadingSkeleton />}>
        <PresentScreen screenId={screen} />
      </Suspense>
    </ErrorBoundary>
  );
}

/** Ctrl 1 … 9: the screens of the rail. */
function useScreenKeys(goToScreen: (screen: string) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.shiftKey || !/^[1-9]$/.test(event.key)) return;
      const screen = railScreens[Number(event.key) - 1];
      if (screen === undefined) return;
      event.preventDefault();
      goToScreen(screen.id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [goToScreen]);
}

function PresentScreen({ screenId }: { readonly screenId: string }) {
  const { t } = useText();
  const role = useSession((state) => state.session?.user?.role);
  const { go } = useNavigate();
  const screen = screenById(screenId);
  if (screen === undefined)
    return (
      <RefusedStateWithWay
        title={t('app.unknownScreen')}
        onWay={() => go({ screen: 'today' })}
        way={t('app.toToday')}
      />
    );
  if (screen.roles !== undefined && (role === undefined || !screen.roles.includes(role)))
    return (
      <RefusedState
        title={t('error.ROLE_REFUSED')}
        who={t('kit.whoMay', { roles: screen.roles.map((one) => t(`role.${one}`)).join('、') })}
      />
    );
  const Screen = screen.component;
  return <Screen />;
}

function RefusedStateWithWay({
  title,
  way,
  onWay,
}: {
  readonly title: string;
  readonly way: string;
  readonly onWay: () => void;
}) {
  return (
    <>
      <RefusedState title={title} who="" />
      <Button onClick={onWay}>{way}</Button>
    </>
  );
}
