/** What the shells need to ask `undrop complete` at each press of the tab key. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

// The line goes over as it was typed, as one argument, and is split here: no shell evaluates anything in it again.
const bash = `# undrop completion for bash: source <(undrop completion bash)
_undrop() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    undrop complete --shell bash --line "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null
  )
  if [[ \${COMPREPLY[0]-} == :files ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=()
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")
  fi
}
complete -F _undrop undrop
`;

const zsh = `#compdef undrop
# undrop completion for zsh: source <(undrop completion zsh), after compinit
_undrop() {
  local -a lines
  lines=("\${(@f)$(undrop complete --shell zsh --line "\${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
  if [[ \${lines[1]} == :files ]]; then
    _files
  elif [[ -n \${lines[1]} ]]; then
    _describe undrop lines
  fi
}
compdef _undrop undrop
`;

const fish = `# undrop completion for fish: undrop completion fish | source
function __undrop_complete
  set -l lines (undrop complete --shell fish --line (commandline -cp | string collect) 2>/dev/null)
  if test "$lines[1]" = :files
    __fish_complete_path (commandline -ct)
  else if test -n "$lines[1]"
    printf '%s\\n' $lines
  end
end
complete -c undrop -f -a '(__undrop_complete)'
`;

const powershell = `# undrop completion for PowerShell: undrop completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName undrop -ScriptBlock {
  param($word, $ast, $cursor)
  $text = $ast.Extent.Text.PadRight($cursor - $ast.Extent.StartOffset)
  $line = $text.Substring(0, $cursor - $ast.Extent.StartOffset)
  undrop complete --shell powershell --line "$line" 2>$null | ForEach-Object {
    $value, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
  }
}
`;

export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
