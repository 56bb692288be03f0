/** The keys that every list, viewer and dialog of the desk has, although no screen registers them. */
export const STANDING_KEYS = [
  { keys: 'mod+1', also: 'mod+9', labelKey: 'keys.screens', groupKey: 'keys.group.desk' },
  { keys: 'escape', labelKey: 'keys.escape', groupKey: 'keys.group.desk' },
  { keys: 'arrowup', also: 'k', labelKey: 'keys.move', groupKey: 'keys.group.list' },
  { keys: 'arrowdown', also: 'j', labelKey: 'keys.move', groupKey: 'keys.group.list' },
  { keys: 'pageup', also: 'pagedown', labelKey: 'keys.page', groupKey: 'keys.group.list' },
  { keys: 'home', also: 'end', labelKey: 'keys.ends', groupKey: 'keys.group.list' },
  { keys: 'enter', labelKey: 'keys.open', groupKey: 'keys.group.list' },
  { keys: 'shift+arrowdown', labelKey: 'keys.mark', groupKey: 'keys.group.list' },
  { keys: 'mod+c', labelKey: 'keys.copy', groupKey: 'keys.group.list' },
  { keys: '+', also: '-', labelKey: 'keys.zoom', groupKey: 'keys.group.viewer' },
  { keys: '0', labelKey: 'keys.fit', groupKey: 'keys.group.viewer' },
  { keys: 'r', labelKey: 'keys.rotate', groupKey: 'keys.group.viewer' },
  { keys: 'n', labelKey: 'keys.nextPage', groupKey: 'keys.group.viewer' },
  { keys: 'p', labelKey: 'keys.previousPage', groupKey: 'keys.group.viewer' },
] as const;
