import type { Locale } from '../../shared/contract/host.ts';

/** The program's language nearest to a tag such as `zh-TW`, `zh_CN.UTF-8`, `en-GB`; Traditional Chinese when nothing fits. */
export function nearestLocale(tag: string): Locale {
  const words = tag.toLowerCase().split(/[^a-z]+/);
  if (words[0] === 'en') return 'en';
  const simplified = ['hans', 'cn', 'sg', 'my'].some((word) => words.includes(word)) && !words.includes('hant');
  return words[0] === 'zh' && simplified ? 'zh-Hans' : 'zh-Hant';
}

/**
 * Language of the system: the environment's where it names one, else the runtime's. On Linux a missing
 * or `C` setting says nothing (the runtime then answers en-US for want of better): the archive's own language stands.
 */
export function systemLocale(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, runtimeLocale: string): Locale {
  const named = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG;
  if (named !== undefined && !/^(C|POSIX)(\.|$)/.test(named)) return nearestLocale(named);
  return platform === 'linux' ? 'zh-Hant' : nearestLocale(runtimeLocale);
}
