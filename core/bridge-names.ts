// Names under which Electron carries the bridge, apart from its schemas: the preload has to stay small.

/** Name under which the preload puts the bridge on `window`. */
export const bridgeGlobal = 'ihanoiBridge';

/** IPC channels between page and shell. */
export const ipcChannels = { toStage: 'ihanoi:to-stage', fromStage: 'ihanoi:from-stage' } as const;
