// The order matters: fonts, Mantine's parts, then paper and ink over them.
import '@fontsource-variable/noto-sans-tc/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';

import '@mantine/core/styles.css';
import '../ui/theme/mantine-variables.css';
import '@mantine/notifications/styles.css';
import '../ui/theme/tokens.css';
import '../ui/theme/base.css';
import '../ui/theme/controls.css';
