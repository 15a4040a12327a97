# PowerShell completion for tasks. Load it with: tasks completions powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName tasks -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or $_.Extent.StartOffset -eq $commandAst.Extent.StartOffset } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $words = @($typed)
    if ($wordToComplete -ne '') { $words += $wordToComplete }
    $found = @(& $typed[0] __complete powershell $typed.Count @words 2>$null)
    if ($found.Count -eq 1 -and $found[0] -eq ':files') { return }
    foreach ($line in $found) {
        $value, $about = $line -split "`t", 2
        if (-not $about) { $about = $value }
        $text = if ($value -match '[\s''"`$@#(){};,|&<>]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
    }
}
