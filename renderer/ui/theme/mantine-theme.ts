import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  NumberInput,
  Popover,
  SegmentedControl,
  Select,
  Tabs,
  Textarea,
  TextInput,
} from '@mantine/core';
import { takeFirst } from './take-first.ts';

const lake: MantineColorsTuple = [
  '#eaf3f3',
  '#d5e6e7',
  '#abced1',
  '#7fb4b9',
  '#569aa1',
  '#37838c',
  '#2a7079',
  '#1c626c',
  '#154d55',
  '#0d373d',
];
const seal: MantineColorsTuple = [
  '#fbefea',
  '#f4d9d0',
  '#e8b3a4',
  '#dc8b76',
  '#cd6550',
  '#bc4733',
  '#b23b28',
  '#a8321f',
  '#8f2818',
  '#6e1c10',
];

const CONTROL_HEIGHT = '32px';
const SMALL_CONTROL_HEIGHT = '28px';
/** Window heads and floating things stand in the document's own layer order; nothing else casts a shadow. */
/** No browser keeps what was typed for suggestions (R01); what offers suggestions of ours says so itself. */
const NOT_KEPT = { autoComplete: 'off' } as const;
const FLOAT = { shadow: 'md', radius: 'md' } as const;

/**
 * Mantine in paper and ink. It may inject no style tags (R15: `style-src 'self'`): its variables are written to
 * `mantine-variables.css` by the test `mantine-variables.test.ts`, its scroll lock stays off.
 */
export const mantineTheme = createTheme({
  primaryColor: 'lake',
  primaryShade: { light: 7, dark: 3 },
  colors: { lake, seal },
  autoContrast: true,
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-ui)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '8px', lg: '8px', xl: '16px' },
  defaultRadius: 'sm',
  shadows: { xs: 'none', sm: 'none', md: 'var(--shadow-float)', lg: 'var(--shadow-float)', xl: 'var(--shadow-float)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': props.size === 'xs' ? SMALL_CONTROL_HEIGHT : CONTROL_HEIGHT,
          '--button-padding-x': '12px',
          '--button-fz': '14px',
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 28 },
    }),
    Input: Input.extend({
      vars: () => ({
        wrapper: { '--input-height': CONTROL_HEIGHT, '--input-fz': '14px', '--input-line-height': '20px' },
      }),
    }),
    Autocomplete: Autocomplete.extend({ defaultProps: NOT_KEPT }),
    NumberInput: NumberInput.extend({ defaultProps: NOT_KEPT }),
    Textarea: Textarea.extend({ defaultProps: NOT_KEPT }),
    TextInput: TextInput.extend({ defaultProps: NOT_KEPT }),
    Select: Select.extend({
      defaultProps: {
        allowDeselect: false,
        checkIconPosition: 'right',
        onKeyDownCapture: takeFirst,
        comboboxProps: { ...FLOAT, transitionProps: { duration: 0 } },
      },
    }),
    Menu: Menu.extend({ defaultProps: { ...FLOAT, transitionProps: { duration: 0 } } }),
    Popover: Popover.extend({ defaultProps: { ...FLOAT, transitionProps: { duration: 0 } } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 100 }, centered: false } }),
    Tabs: Tabs.extend({ defaultProps: { variant: 'default' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 100 } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
  },
});

const paperAndInk = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-faint)',
  '--mantine-color-anchor': 'var(--lake)',
  '--mantine-color-error': 'var(--seal)',
  '--mantine-color-default': 'var(--paper-raised)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--hairline-strong)',
  '--mantine-color-disabled': 'var(--paper-sunk)',
  '--mantine-color-disabled-color': 'var(--ink-faint)',
  '--mantine-color-disabled-border': 'var(--hairline)',
  '--mantine-color-gray-light-color': 'var(--ink-soft)',
  '--mantine-color-gray-light-hover': 'var(--paper-pressed)',
  '--mantine-color-lake-light': 'var(--lake-wash)',
  '--mantine-color-lake-light-color': 'var(--lake)',
  '--mantine-color-lake-outline': 'var(--lake)',
  '--mantine-color-seal-light': 'var(--seal-wash)',
  '--mantine-color-seal-light-color': 'var(--seal)',
  '--mantine-color-seal-outline': 'var(--seal)',
};

/** Mantine's own colour names, led to the tokens. */
export const mantineVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...paperAndInk },
  dark: { ...paperAndInk },
});
