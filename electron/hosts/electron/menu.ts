import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The application menu: what the system's keyboard shortcuts need, and nothing that reloads, zooms away
 * or opens developer tools (R22). macOS takes copy and paste from here; elsewhere the bar stays hidden.
 */
export function installMenu(): void {
  const edit: MenuItemConstructorOptions = {
    role: 'editMenu',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const application: MenuItemConstructorOptions[] =
    process.platform === 'darwin' ? [{ role: 'appMenu', submenu: [{ role: 'hide' }, { role: 'quit' }] }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...application, edit]));
}
