#!/usr/bin/env pwsh
# Runs the build program, as build.sh does: compiled once per content of the sources and kept under .cache/build/<hash>.
# All arguments go to the program; ./build.ps1 --help lists them. Windows PowerShell 5.1 will do.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$cache = [IO.Path]::Combine($root, '.cache', 'build')
$log = [IO.Path]::Combine($cache, 'build.log')
$windows = [IO.Path]::DirectorySeparatorChar -eq '\'
$executable = if ($windows) { '.exe' } else { '' }
$keep = 3

function Write-Note([string] $text) { [Console]::Error.WriteLine("build.ps1: $text") }

# Sources, project files, props, targets, lock files and this script: by content, so that a checkout changes nothing.
function Get-ContentHash {
    $files = [Collections.Generic.List[string]]::new()
    $folders = [Collections.Generic.Stack[string]]::new()
    foreach ($name in 'build', 'src') { $folders.Push([IO.Path]::Combine($root, $name)) }
    while ($folders.Count -gt 0) {
        $folder = $folders.Pop()
        $files.AddRange([IO.Directory]::GetFiles($folder))
        foreach ($child in [IO.Directory]::GetDirectories($folder)) {
            if ('bin', 'obj' -notcontains [IO.Path]::GetFileName($child)) { $folders.Push($child) }
        }
    }
    foreach ($name in 'Directory.Build.props', 'Directory.Packages.props', '.editorconfig', 'global.json', 'build.ps1') {
        $file = [IO.Path]::Combine($root, $name)
        if ([IO.File]::Exists($file)) { $files.Add($file) }
    }
    $files.Sort([StringComparer]::Ordinal)
    $hash = [Security.Cryptography.IncrementalHash]::CreateHash([Security.Cryptography.HashAlgorithmName]::SHA256)
    $machine = "$([Environment]::OSVersion.Platform) $([Runtime.InteropServices.RuntimeInformation]::OSArchitecture)"
    $hash.AppendData([Text.Encoding]::UTF8.GetBytes($machine))
    foreach ($file in $files) {
        $content = [IO.File]::ReadAllBytes($file)
        $hash.AppendData([Text.Encoding]::UTF8.GetBytes("`n$($file.Substring($root.Length)) $($content.Length)`n"))
        $hash.AppendData($content)
    }
    [BitConverter]::ToString($hash.GetHashAndReset()).Replace('-', '').Substring(0, 24).ToLowerInvariant()
}

function Invoke-Logged([string] $file, [string[]] $arguments) {
    $info = [Diagnostics.ProcessStartInfo]::new($file)
    $info.Arguments = '"' + ($arguments -join '" "') + '"'
    $info.WorkingDirectory = $root
    $info.UseShellExecute = $false
    $info.RedirectStandardOutput = $true
    $info.RedirectStandardError = $true
    try { $process = [Diagnostics.Process]::Start($info) }
    catch { [IO.File]::AppendAllText($log, "$file could not be started`n"); return 127 }
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    [IO.File]::AppendAllText($log, $output + $errors.Result)
    $process.ExitCode
}

# The folder of an SDK that global.json accepts: that of the machine, or one brought by Microsoft's install script.
function Find-Sdk {
    $own = [IO.Path]::Combine($root, '.cache', 'dotnet')
    foreach ($folder in @($env:PATH -split [IO.Path]::PathSeparator) + $own) {
        if (-not $folder) { continue }
        $dotnet = [IO.Path]::Combine($folder, "dotnet$executable")
        if ([IO.File]::Exists($dotnet) -and (Invoke-Logged $dotnet '--version') -eq 0) {
            $target = if ($windows) { $null } else { [IO.File]::ResolveLinkTarget($dotnet, $true) }
            if ($target) { return $target.FullName } else { return $dotnet }
        }
    }
    $wanted = [regex]::Match([IO.File]::ReadAllText([IO.Path]::Combine($root, 'global.json')), '"version": *"([^"]*)"').Groups[1].Value
    Write-Note "bringing the .NET SDK $wanted into .cache/dotnet..."
    $name = if ($windows) { 'dotnet-install.ps1' } else { 'dotnet-install.sh' }
    [void][IO.Directory]::CreateDirectory($own)
    $script = [IO.Path]::Combine($own, $name)
    $json = [IO.Path]::Combine($root, 'global.json')
    try {
        [Net.WebClient]::new().DownloadFile("https://dot.net/v1/$name", $script)
        $code = if ($windows) {
            Invoke-Logged 'powershell.exe' '-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', $script, '-JSonFile', $json, '-InstallDir', $own, '-NoPath'
        }
        else { Invoke-Logged 'bash' $script, '--jsonfile', $json, '--install-dir', $own, '--no-path' }
    }
    catch { $code = 1 }
    if ($code -ne 0) {
        Write-Note "the .NET SDK $wanted is needed and could not be fetched: install it from https://dotnet.microsoft.com/download and run this again"
        exit 1
    }
    [IO.Path]::Combine($own, "dotnet$executable")
}

# Starts the program where it is there and complete, and ends with its exit code. The open .used file keeps the folder.
function Start-Program([string] $hash, [object[]] $arguments) {
    $app = [IO.Path]::Combine($cache, $hash)
    $program = [IO.Path]::Combine($app, "Build$executable")
    $note = [IO.Path]::Combine($app, '.dotnet')
    if (-not ([IO.File]::Exists($program) -and [IO.File]::Exists($note))) { return }
    $dotnet = [IO.File]::ReadAllText($note).Trim()
    if (-not [IO.File]::Exists([IO.Path]::Combine($dotnet, "dotnet$executable"))) { return }
    $used = [IO.Path]::Combine($app, '.used')
    [IO.File]::SetLastWriteTimeUtc($used, [DateTime]::UtcNow)
    $held = [IO.File]::Open($used, 'Open', 'Read', 'Read')
    $before = $env:DOTNET_ROOT, $env:CAKE_HOST_COMMAND, $env:PATH
    try {
        $env:DOTNET_ROOT = $dotnet
        $env:CAKE_HOST_COMMAND = './build.ps1'
        if (@($env:PATH -split [IO.Path]::PathSeparator) -notcontains $dotnet) { $env:PATH = $dotnet + [IO.Path]::PathSeparator + $env:PATH }
        & $program @arguments
    }
    finally {
        $env:DOTNET_ROOT, $env:CAKE_HOST_COMMAND, $env:PATH = $before
        $held.Dispose()
    }
    exit $LASTEXITCODE
}

function Invoke-Publish([string] $folder, [string[]] $more) {
    $arguments = 'publish', [IO.Path]::Combine($root, 'build', 'Build.csproj'), '--configuration', 'Release',
        '--artifacts-path', [IO.Path]::Combine($cache, 'work'), '--disable-build-servers', '--self-contained', 'false',
        '-p:PublishDocumentationFiles=false', '--output', $folder
    Invoke-Logged $dotnet ($arguments + $more)
}

# Publishes into a new folder and renames it into place; sources that changed meanwhile would lie under the wrong hash.
function Build-Program {
    while ($true) {
        $hash = Get-ContentHash
        $fresh = [IO.Path]::Combine($cache, 'new.' + [Guid]::NewGuid().ToString('N').Substring(0, 6))
        if ((Invoke-Publish $fresh '-p:CompileAheadOfTime=true') -ne 0) {
            if ([IO.Directory]::Exists($fresh)) { [IO.Directory]::Delete($fresh, $true) }
            # Sources that do not compile would not do so without it either.
            if ([IO.File]::ReadAllText($log) -notmatch 'crossgen') { return }
            if ((Invoke-Publish $fresh @()) -ne 0) { return }
            Write-Note 'compiling ahead of time has failed (.cache/build/build.log tells why): each start will take longer'
        }
        if ((Get-ContentHash) -eq $hash) { break }
        [IO.Directory]::Delete($fresh, $true)
    }
    [IO.File]::WriteAllText([IO.Path]::Combine($fresh, '.dotnet'), [IO.Path]::GetDirectoryName($dotnet))
    [IO.File]::WriteAllText([IO.Path]::Combine($fresh, '.used'), '')
    $app = [IO.Path]::Combine($cache, $hash)
    if ([IO.Directory]::Exists($app)) { [IO.Directory]::Delete($app, $true) }
    [IO.Directory]::Move($fresh, $app)
    $hash
}

# Keeps the last few. One that is in use cannot be opened alone (or, on Windows, not be renamed) and stays.
function Remove-OldPrograms {
    $all = [IO.FileInfo[]]@([IO.Directory]::GetDirectories($cache) |
        ForEach-Object { [IO.FileInfo]::new([IO.Path]::Combine($_, '.used')) } |
        Where-Object { $_.Exists })
    [Array]::Sort([long[]]@($all | ForEach-Object { -$_.LastWriteTimeUtc.Ticks }), $all)
    for ($i = $keep; $i -lt $all.Length; $i++) {
        $used = $all[$i]
        try {
            [IO.File]::Open($used.FullName, 'Open', 'ReadWrite', 'None').Dispose()
            $gone = [IO.Path]::Combine($cache, 'new.' + $used.Directory.Name)
            [IO.Directory]::Move($used.DirectoryName, $gone)
            [IO.Directory]::Delete($gone, $true)
        }
        catch [IO.IOException], [UnauthorizedAccessException] { Write-Verbose "$($used.DirectoryName) is in use" }
    }
}

Start-Program (Get-ContentHash) $args
[void][IO.Directory]::CreateDirectory($cache)
$lock = $null
while (-not $lock) {
    # The same file that build.sh locks: where both run on one checkout, they take turns.
    try { $lock = [IO.File]::Open([IO.Path]::Combine($cache, 'lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
    catch [IO.IOException] { [Threading.Thread]::Sleep(500) }
}
try {
    $built = Get-ContentHash
    if (-not [IO.File]::Exists([IO.Path]::Combine($cache, $built, "Build$executable"))) {
        Write-Note 'building...'
        [IO.File]::WriteAllText($log, '')
        $dotnet = Find-Sdk
        $built = Build-Program
        if (-not $built) {
            [Console]::Error.Write([IO.File]::ReadAllText($log))
            Write-Note 'the build has failed; its whole output is above'
            exit 1
        }
        Remove-OldPrograms
    }
}
finally { $lock.Dispose() }
Start-Program $built $args
