import { expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: '' });
const { useNavigation } = await import('../../../renderer/state/navigation.ts');
const { useDialogs } = await import('../../../renderer/state/dialogs.ts');
const { useJobs } = await import('../../../renderer/state/jobs.ts');
const { forgetSessionState, onForget } = await import('../../../renderer/state/reset-registry.ts');

test('R24: at a lock every store of the session is as at the start', () => {
  useNavigation.getState().go({ screen: 'cards', number: 'E000042' });
  useDialogs.getState().open('anything', { name: '恆昌貿易' });
  useJobs.getState().begin({ id: '1', titleKey: 'x', cancel: () => undefined });
  const forgotten = vi.fn();
  onForget(forgotten);
  forgetSessionState();
  const everything = JSON.stringify([useNavigation.getState(), useDialogs.getState(), useJobs.getState()]);
  expect(everything).not.toContain('E000042');
  expect(everything).not.toContain('恆昌');
  expect(useDialogs.getState().stack).toEqual([]);
  expect(useJobs.getState().jobs).toEqual({});
  expect(forgotten).toHaveBeenCalledOnce();
});

test('places: back and forward, and each screen remembers where it was left', () => {
  const { go, goBack, goForward, goToScreen } = useNavigation.getState();
  go({ screen: 'cards', number: 'E000001' });
  go({ screen: 'loans' });
  goBack();
  expect(useNavigation.getState().place).toEqual({ screen: 'cards', number: 'E000001' });
  goForward();
  expect(useNavigation.getState().place).toEqual({ screen: 'loans' });
  goToScreen('cards');
  expect(useNavigation.getState().place).toEqual({ screen: 'cards', number: 'E000001' });
});
