import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Shades of the one accent, light to dark. Colours on the screen come from `tokens.css`; Mantine wants a tuple to exist. */
const teal: MantineColorsTuple = [
  '#e4f5f5',
  '#cde8e9',
  '#a5d6d8',
  '#7ac9cb',
  '#4cc2c4',
  '#38a9ac',
  '#2f8f92',
  '#1c6f73',
  '#1c4d50',
  '#12383a',
];

/** Mantine's dark shades, text to deepest surface, in the greys of `tokens.css`. */
const dark: MantineColorsTuple = [
  '#dfe4ea',
  '#a3adba',
  '#828d9b',
  '#5b6572',
  '#39434f',
  '#232a33',
  '#1a1f26',
  '#14181d',
  '#0e1115',
  '#0a0c0f',
];

/** Compact sizes for a screen that is read for eight hours. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 8 },
  colors: { teal, dark },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 'sm', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120 },
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.45 },
      },
    },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, fz: 'xs' } },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
  },
});
