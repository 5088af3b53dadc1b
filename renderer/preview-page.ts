// The page that the console embeds: the same stage at true pixels, placed at the frame's corner. Standing alone it waits, calm and dark.
import { bridgeGlobal } from '../core/bridge-names.ts';
import { frameBridge } from './frame-bridge.ts';
import { openStage } from './open-stage.ts';

openStage(window[bridgeGlobal] ?? frameBridge(window), true);
