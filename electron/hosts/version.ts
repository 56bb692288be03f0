import packageData from '../../package.json' with { type: 'json' };

export const PROGRAM_VERSION: string = packageData.version;
