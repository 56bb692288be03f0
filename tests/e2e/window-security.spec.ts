import { expect, test } from '@playwright/test';
import { type Desk, HOST, openDesk } from './support/launch.ts';
import { processExists } from './support/process-tree.ts';
import { openTrap } from './support/trap.ts';

test.describe('the window', () => {
  let desk: Desk;

  test.beforeAll(async () => {
    desk = await openDesk();
    await expect(desk.page.locator('body')).not.toBeEmpty();
  });
  test.afterAll(() => desk.close());

  test('R14 knows nothing of Node or Electron and has one bridge, frozen, with three functions', async () => {
    const seen = await desk.page.evaluate(() => {
      const scope = window as unknown as Record<string, unknown>;
      const bridge = scope.archive as Record<string, unknown>;
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const plain = new Set(Object.keys(frame.contentWindow as object));
      frame.remove();
      return {
        node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
          (name) => typeof scope[name] !== 'undefined',
        ),
        frozen: Object.isFrozen(bridge),
        functions: Object.keys(bridge).sort(),
        replaced: (() => {
          try {
            scope.archive = {};
          } catch {
            // refused aloud: as good
          }
          return scope.archive !== bridge;
        })(),
        // The libraries for schemas and for PDF pages keep their own settings there; when they are read is theirs.
        added: Object.keys(scope).filter(
          (name) => !plain.has(name) && !/^(\d+|__zod_\w+|pdfjsLib|_pdfjsTestingUtils)$/.test(name),
        ),
      };
    });
    expect(seen).toEqual({
      node: [],
      frozen: true,
      functions: ['call', 'cancel', 'onEvent'],
      replaced: false,
      added: ['archive'],
    });
  });

  test('R14 a frame inside the page has no bridge', async () => {
    const inFrame = await desk.page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const kind = typeof (frame.contentWindow as unknown as Record<string, unknown>).archive;
      frame.remove();
      return kind;
    });
    expect(inFrame).toBe('undefined');
  });

  test('R15 the page is served with the strict policy', async () => {
    const answer = await desk.page.reload();
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy.split('; ').filter((directive) => !directive.startsWith('worker-src'))).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "font-src 'self'",
      "connect-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]);
    expect(policy).toContain("worker-src 'self'");
  });

  test('R15 script that was written into the page never runs', async () => {
    const ran = await desk.page.evaluate(async () => {
      const scope = window as unknown as { ran?: string[] };
      scope.ran = [];
      const attempts: Record<string, () => void> = {
        innerHTML: () => {
          document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran.push(\'innerHTML\')">');
        },
        eval: () => {
          (Reflect.get(window, 'eval') as (code: string) => void)("window.ran.push('eval')");
        },
        timer: () => {
          (setTimeout as (code: string) => void)("window.ran.push('timer')");
        },
        inline: () => {
          const script = document.createElement('script');
          script.append("window.ran.push('inline')");
          document.body.append(script);
        },
        attribute: () => {
          const image = document.createElement('img');
          image.setAttribute('onerror', "window.ran.push('attribute')");
          image.setAttribute('src', 'x:');
          document.body.append(image);
        },
        foreign: () => {
          const script = document.createElement('script');
          script.setAttribute('src', 'data:text/javascript,window.ran.push("foreign")');
          document.body.append(script);
        },
        link: () => {
          const anchor = document.createElement('a');
          anchor.setAttribute('href', 'javascript:window.ran.push("link")');
          document.body.append(anchor);
          anchor.click();
          anchor.remove();
        },
      };
      // The driver's own call may evaluate text; what follows a timer runs as the page's script does.
      await new Promise((resolve) => setTimeout(resolve, 0));
      for (const attempt of Object.values(attempts)) {
        try {
          attempt();
        } catch {
          // refused aloud
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      const result = scope.ran;
      delete scope.ran;
      return result;
    });
    expect(ran).toEqual([]);
  });

  test('R18 nothing leaves: no request, socket, beacon, peer connection or prefetch reaches even this machine', async () => {
    const trap = await openTrap();
    const refused = await desk.page.evaluate(
      async ({ tcpPort, udpPort }) => {
        const place = `127.0.0.1:${tcpPort}`;
        const outcome: Record<string, string> = {};
        const attempt = async (name: string, action: () => unknown): Promise<void> => {
          try {
            await action();
            outcome[name] = 'done';
          } catch {
            outcome[name] = 'refused';
          }
        };
        await attempt('fetch', () => fetch(`http://${place}/`, { mode: 'no-cors' }));
        await attempt('beacon', () => navigator.sendBeacon(`http://${place}/`, 'x'));
        await attempt('socket', () => new WebSocket(`ws://${place}/`));
        await attempt('events', () => new EventSource(`http://${place}/`));
        await attempt('image', () => {
          new Image().src = `http://${place}/x.png`;
        });
        for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'stylesheet', 'preload'])
          await attempt(rel, () => {
            const link = document.createElement('link');
            link.rel = rel;
            link.href = `http://${place}/`;
            document.head.append(link);
          });
        await attempt('form', () => {
          const form = document.createElement('form');
          form.action = `http://${place}/`;
          document.body.append(form);
          form.submit();
        });
        await attempt('frame', () => {
          const frame = document.createElement('iframe');
          frame.setAttribute('src', `http://${place}/`);
          document.body.append(frame);
        });
        await attempt('peer', async () => {
          const peer = new RTCPeerConnection({
            iceServers: [
              { urls: `stun:127.0.0.1:${udpPort}` },
              { urls: `turn:${place}?transport=tcp`, username: 'a', credential: 'b' },
            ],
          });
          peer.createDataChannel('x');
          await peer.setLocalDescription(await peer.createOffer());
        });
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        return outcome;
      },
      { tcpPort: trap.tcpPort, udpPort: trap.udpPort },
    );
    expect(refused.fetch).toBe('refused');
    expect(trap.arrivals).toBe(0);
    await trap.close();
  });

  test('R18 the page stays: no navigation, no new window, no download, no file', async () => {
    const { page } = desk;
    const home = page.url();
    for (const target of ['http://127.0.0.1:9/', 'file:///etc/passwd', 'data:text/html,<p>x', 'about:blank']) {
      await page.evaluate((url) => {
        location.href = url;
      }, target);
      await expect.poll(() => page.url()).toBe(home);
      await expect.poll(() => page.evaluate(() => typeof window.archive).catch(() => '')).toBe('object');
    }
    expect(await page.evaluate(() => String(window.open('http://127.0.0.1:9/')))).toBe('null');
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.setAttribute('href', URL.createObjectURL(new Blob(['x'])));
      link.setAttribute('download', 'x.txt');
      document.body.append(link);
      link.click();
      link.remove();
    });
    await page.waitForTimeout(500);
    expect(page.context().pages().length).toBe(1);
    await expect.poll(() => page.url()).toBe(home);
  });

  test('R18 no permission is given', async () => {
    const states = await desk.page.evaluate(async () => {
      const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read'] as PermissionName[];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(states).not.toContain('granted');
  });

  test('R16 what the window sends is checked: unknown names, other shapes and foreign flags are refused', async () => {
    const codes = await desk.page.evaluate(async () => {
      const call = (name: unknown, input: unknown, id: unknown) =>
        window.archive
          .call(name as string, input, id as string)
          .then((answer) => (answer.ok ? 'ok' : answer.error.code));
      return [
        await call('vault.exportKeys', {}, 'a'),
        await call('host.info', { admin: true }, 'b'),
        await call('host.info', {}, '../c'),
        await call(7, {}, 'd'),
        await call('host.info', {}, 'e'),
      ];
    });
    expect(codes).toEqual(['INPUT_INVALID', 'INPUT_INVALID', 'INPUT_INVALID', 'INPUT_INVALID', 'ok']);
  });

  for (const reason of ['screen', 'suspend'] as const) {
    test(`R23, R24 ${reason} lock: the archive process no longer exists and the window is told`, async () => {
      const { page } = desk;
      await page.evaluate(() => window.archive.call('session.current', {}, `s${Math.random().toString(36).slice(2)}`));
      const pid = await desk.archivePid();
      expect(pid).toBeDefined();
      const told = page.evaluate(
        () =>
          new Promise((resolve) => {
            const stop = window.archive.onEvent((event) => {
              if (event.type !== 'locked') return;
              stop();
              resolve(event.reason);
            });
          }),
      );
      await page.waitForTimeout(100);
      await desk.systemLock(reason);
      expect(await told).toBe(reason);
      expect(processExists(pid as number)).toBe(false);
    });
  }

  test('the run says which host it drives', () => {
    expect(['electron', 'chromium']).toContain(HOST);
  });
});
