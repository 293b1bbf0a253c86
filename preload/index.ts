/** The bridge between the sandboxed page and main: one channel each way. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { ExamApi, Push } from '../main/contract.ts';

contextBridge.exposeInMainWorld('codehall', {
  call: (method, input) => ipcRenderer.invoke('codehall:call', method, input),
  watch(sittingId, hear) {
    const listen = (_event: IpcRendererEvent, push: Push) => {
      if (push.sittingId === sittingId) hear(push);
    };
    ipcRenderer.on('codehall:push', listen);
    // Nothing is returned: what a function gives back crosses into the page.
    return () => void ipcRenderer.off('codehall:push', listen);
  },
} satisfies ExamApi);
