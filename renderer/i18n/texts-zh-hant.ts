const files = import.meta.glob<Record<string, string>>('../../shared/i18n/zh-Hant/*.json', {
  eager: true,
  import: 'default',
});

/** Every text of the desk in this language, by its key. */
export const texts: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(files));
