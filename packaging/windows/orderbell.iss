; Inno Setup 6.3 or newer: iscc /DVersion=0.1.0 packaging\windows\orderbell.iss
; Packs dist\orderbell, as packaging\dev.py bundle has made it on Windows. See README.md beside this.

#ifndef Version
  #error Say which version: iscc /DVersion=0.1.0
#endif

[Setup]
; Never changes: by it an update finds what it replaces.
AppId={{8D0D1C0B-4D0C-4E53-9C0F-6D6B5B0E7A21}
AppName=Orderbell
AppVersion={#Version}
AppPublisher=Orderbell contributors
DefaultDirName={autopf}\Orderbell
DisableProgramGroupPage=yes
; For this user alone, without an administrator; whoever is one may choose all users.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=orderbell-{#Version}-setup
SetupIconFile=..\..\build\bundle\icons\orderbell.ico
UninstallDisplayIcon={app}\Orderbell.exe
Compression=lzma2/max
SolidCompression=yes
; A running till is asked to close; its files are in use.
CloseApplications=yes
RestartApplications=no
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "uk"; MessagesFile: "compiler:Languages\Ukrainian.isl"

[CustomMessages]
en.StartWithWindows=Open Orderbell when I sign in
uk.StartWithWindows=Відкривати Orderbell, коли я входжу в систему

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "signin"; Description: "{cm:StartWithWindows}"; Flags: unchecked

[InstallDelete]
; Nothing of an older version stays among the files of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\orderbell\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Orderbell"; Filename: "{app}\Orderbell.exe"
Name: "{autodesktop}\Orderbell"; Filename: "{app}\Orderbell.exe"; Tasks: desktopicon
Name: "{userstartup}\Orderbell"; Filename: "{app}\Orderbell.exe"; Tasks: signin

[Run]
Filename: "{app}\Orderbell.exe"; Description: "{cm:LaunchProgram,Orderbell}"; Flags: nowait postinstall skipifsilent

; The shop's data lies in the user's own folder (%LOCALAPPDATA%\orderbell) and is never removed here.
