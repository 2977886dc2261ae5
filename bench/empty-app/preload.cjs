const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('echo', (input) => ipcRenderer.invoke('echo', input));
