const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('echo', (/** @type {unknown} */ input) => ipcRenderer.invoke('echo', input));
