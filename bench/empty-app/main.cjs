// The baseline: an Electron app with one sandboxed window that shows a line, and one bare handler that echoes.
const { join } = require('node:path');
const { app, BrowserWindow, ipcMain } = require('electron');

ipcMain.handle('echo', (_, input) => input);
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    show: false,
    webPreferences: { preload: join(__dirname, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  window.once('ready-to-show', () => window.show());
  window.loadFile(join(__dirname, 'index.html'));
});
