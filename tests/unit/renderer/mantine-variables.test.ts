import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { expect, test } from 'vitest';
import { mantineTheme, mantineVariables } from '../../../renderer/ui/theme/mantine-theme.ts';

test("R15: Mantine's variables stand in a file of our own, because the policy allows no injected style", async () => {
  const theme = mergeMantineTheme(DEFAULT_THEME, mantineTheme);
  const standard = defaultCssVariablesResolver(theme);
  const own = mantineVariables(theme);
  const css = convertCssVariables(
    {
      variables: { ...standard.variables, ...own.variables },
      light: { ...standard.light, ...own.light },
      dark: { ...standard.dark, ...own.dark },
    },
    ':root',
  );
  const readable = css.replaceAll('{', ' {\n').replaceAll(';', ';\n').replaceAll('}', '}\n').trim();
  await expect(
    `/* biome-ignore-all format: written from mantine-theme.ts: npx vitest run tests/unit/renderer/mantine-variables.test.ts --update */\n${readable}\n`,
  ).toMatchFileSnapshot('../../../renderer/ui/theme/mantine-variables.css');
});
