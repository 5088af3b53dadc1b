// Runs in the page's sandbox before the page: puts the bridge on the window.
import { contextBridge, ipcRenderer } from 'electron';
import { bridgeGlobal } from '../core/bridge-names.ts';
import { pageBridge } from './page-bridge.ts';

contextBridge.exposeInMainWorld(bridgeGlobal, pageBridge(ipcRenderer));
