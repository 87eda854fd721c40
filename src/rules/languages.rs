//! The names that a code fence may give its language.

/// Names and aliases that GitHub Linguist, highlight.js, Prism or Pygments
/// know, and names of notations that other tools draw or show as plain text;
/// in lower case, with `-` for a space, sorted.
pub const KNOWN: &str = "\
1c 1c-enterprise 2-dimensional-array 4d abap abap-cds abc abl abnf abuild accesslog acfm ackrc
aconf actdiag actionscript actionscript-3 actionscript3 ad-block ad-block-filters ada ada2005
ada95 adb adblock adblock-filter-list adl ado adobe-composite-font-metrics adobe-font-metrics
adobe-multiple-font-metrics adoc advpl afdko agda ags ags-script aheui ahk aidl aiken al aleo
algol algorithm alloy alpine-abuild altium altium-designer ambienttalk ambienttalk/2 amdgpu amfm
ampl amusewiki androidbp angelscript angular angular-html angular-ts ansible ansible-yaml
answer-set-programming ansys ant-build-system antlers antlr antlr-actionscript antlr-as antlr-c#
antlr-cpp antlr-csharp antlr-java antlr-objc antlr-perl antlr-python antlr-rb antlr-ruby antlr4
apache apache2 apacheconf apdl apex api-blueprint apkbuild apl apollo-guidance-computer apples
applescript apt aql arc arcade arduino arexx arff arm arm-asm armasm arrow art arturo as as3 asc
ascii ascii-art ascii-stl asciiart asciidoc asciimath ash asl asm asm6502 asmatmel asn.1 asn1
asp asp.net aspectj aspnet aspx aspx-cs aspx-vb assembly astro asy asymptote asyncapi at atom
ats ats2 au3 augeas autoconf autohotkey autoit autoit3 autoitscript avdl avisynth avrasm avro
avro-idl avs avsc awk axapta b b3d b4x backtrace ballerina baml bare basemake bash bash-session
basic basic-for-android bat batch batchfile bazel bbcbasic bbcode bbj bc bdd be beancount beef
befunge berry bf bh bib bibtex bibtex-style bicep bigquery bikeshed binary bind birb bird bird2
bird3 bison bitbake blade blitz3d blitzbasic blitzmax blitzplus blockdiag blp blueprint bluespec
bluespec-bh bluespec-bsv bluespec-classic bmax bnf boa bob boo boogie bp bplus bpmn bqn
brainfuck brighterscript brightscript bro browserslist bru bsdmake bsl bst bst-pybtex bsv buck
bugs buildstream busybox byond bytefield bzl c c# c++ c++-objdumb c++-objdump c-objdump c2hs
c2hs-haskell c3 ca65 cabal cabal-config caddy caddyfile cadence cadl cairo cairo-zero cake
cakescript cal callgraph cameligo camkes cangjie cap-cds capdl capnp capnproto carbon carto
cartocss cask cassandra cbmbas cc cddl cds ceylon cf3 cfc cfengine3 cfg cfm cfml cfs cfscript
chai chaiscript chapel charity charmci chart checksum checksums cheetah chpl chuck cil cilk
cilk-c cilk-cpp cilkc cilkcpp circom cirru cjs cl clarion clarity classic-asp classic-qbasic
classic-quickbasic classic-visual-basic clay clean click clickhouse clike clipper clips clj cljs
clojure clojure-repl clojurescript closure-templates cloud-firestore-security-rules cls clue
cmake cmake.in cmd cobol cobolfree coccinelle codeowners codeql coffee coffee-script
coffeescript coldfusion coldfusion-cfc coldfusion-html collada comal comal80 commit common-lisp
common-workflow-language commonmark component-pascal componentpascal compose conc concurnas conf
config conll conll-u conll-x console containerfile context control cooklang cool coq cos cp
cperl cplint cpp cpp-objdump cpsa cql cr craftcms creole crm crmsh croc cron cron-table crontab
cry cryptol crystal cs csh csharp cshtml cson csound csound-csd csound-document csound-orc
csound-sco csound-score csp css css+django css+erb css+genshi css+genshitext css+jinja css+lasso
css+mako css+mozpreproc css+myghty css+php css+ruby css+smarty css+ul4 css-extras csv cts cu
cucumber cuda cue cue-sheet curl curl-config curlrc curry cweb cwl cxx cxx-objdump cycript cylc
cypher cython d d-objdump d2 d2lang dafny darcs-patch dart dash daslang dasm16 dataweave dax
dbml dcl debcontrol debian-package-control-file debian.sources debsources delphi denizenscript
desktop devicetree dfm dg dhall diagram diff digital-command-language dircolors directx-3d-file
ditaa django dlang dm dmesg dns dns-zone dns-zone-file do docker docker-compose dockerfile
dockerignore dogescript dos dosbatch doscon dosini dot dotenv dotnet dpatch dpr drl drools
dsconfig dst dtd dtrace dtrace-script dts duby duckdb duel dune dust dylan dylan-console
dylan-lid dylan-repl e e-mail eagle earl-grey earlgrey earthfile earthly eask easybuild
easytrieve ebnf ec ecere-projects ecl eclipse ecmarkdown ecmarkup ecr edge edgeql editor-config
editorconfig edje-data-collection edn eeschema-schematic eex eg eiffel ejs
electronic-business-card elisp elixir elm elpi elvish elvish-transcript emacs emacs-lisp
emacs-muse email emberscript eml env envrc eq erb erd erl erlang erlang-repl esdl eta etlua
euphoria evoque ex excalidraw excel excel-formula execline exs extempore ezhil f# f* f90 f95
factor false fan fancy fantom faust fb fc feature felix fennel fif fift figfont figlet-font
filebench-wml filterscript firestore-security-rules firrtl fish fishshell fix flatbuffers
flatline flex flix flo floscript flow flowchart fluent flux flx fnl formatted forth fortran
fortran-free-form fortranfixed fountain foxpro fpp freebasic freedesktop freefem freemarker
frege fs fsharp fstar ftl func fundamental futhark fy g-code g4 game-maker-language
gamemakerlanguage gaml gams gantt gap gap-console gap-repl gas gauss gawk
gcc-machine-description gcode gd gdb gdscript gdshader gedcom gemfile gemfile.lock gemini
gemspec gemtext genero-4gl genero-per genie genshi genshitext gentoo-ebuild gentoo-eclass
geojson gerber-image gettext gettext-catalog gf gfm gherkin git git-attributes
git-blame-ignore-revs git-commit git-config git-ignore git-rebase git-revision-list
gitattributes gitconfig gitignore gitmodules gjs gleam glimmer-js glimmer-ts glsl glyph
glyph-bitmap-distribution-format gml gms gn gni gno gnolang gnu-asm gnuplot go go-checksums
go-mod go-module go-sum go-template go-work go-work-sum go-workspace go.mod go.sum go.work
go.work.sum godot godot-resource gohtml golang golo gomod gooddata-cl googlesql gosu gosum
gotemplate gotmpl gowork gql grace gradle gradle-kotlin gradle-kotlin-dsl grammatical-framework
graph graph-modeling-language graphql graphviz gremlin groff grok groovy groovy-server-pages gsc
gsed gsp gsql gss gst gtk gtk-1 gtk-2 gtkrc gts guix gv gyp h h++ hack haml handlebars haproxy
har harbour hare hash hashes hashicorp-configuration-language haskell haxe haxeml hbs hcl heex
helm help hex hexdump hgignore hh hip hive hiveql hledger hls-playlist hlsl hocon holyc hoon
hosts hosts-file hpkp hpp hs hsa hsail hsp hspec hsts htm html html+cheetah html+django html+ecr
html+eex html+erb html+evoque html+genshi html+handlebars html+jinja html+kid html+lasso
html+mako html+myghty html+ng2 html+php html+razor html+ruby html+smarty html+spitfire html+twig
html+ul4 html+velocity html.handlebars html.hbs html5 htmlbars htmlcheetah htmldjango http httpd
httpie https hurl hx hxml hxsl hxx hy hybris hylang hyphy i6 i6t i7 ical icalendar iced
ichigojam icl icon ics icu icu-message-format idl idl4 idr idris iecst iex ignore ignore-list
igor igor-pro igorpro ijm ik il-assembly ilasm ile-rpg imagej-macro imap imba imhex
imhex-pattern-language imhexpatternlanguage imhexpl inc influxql inform-7 inform6 inform7 ini
ink inno-setup ino inputrc instances io ioke iptables ipython ipython-notebook ipython2 ipython3
ipythonconsole irb irc irc-log irc-logs irpf90 isabelle isabelle-root isbl ispc j jac jade jags
jai janet jar-manifest jasmin jasminxt jass jass2 java java-properties java-server-page
java-server-pages java-template-engine javadoc javadoclike javascript javascript+cheetah
javascript+django javascript+erb javascript+genshi javascript+genshitext javascript+jinja
javascript+lasso javascript+mako javascript+mozpreproc javascript+myghty javascript+php
javascript+ruby javascript+smarty javascript+spitfire javastacktrace jboss-cli jbst jcl
jest-snapshot jetbrains-mps jexl jflex jinja jinja2 jison jison-lex jl jlcon jldoctest jmespath
jmx jolie jolt jp jproperties jq jruby js js+cheetah js+django js+erb js+genshi js+genshitext
js+jinja js+lasso js+mako js+myghty js+php js+ruby js+smarty js+spitfire js+ul4 js-extras
js-templates jsdoc jsgf jslt json json-ld json-lines json-object json-path json-with-comments
json5 jsonata jsonc jsoniq jsonl jsonld jsonml+bst jsonnet jsonp jsonpath jsp jsstacktrace
jstacktrace jsx jte julia julia-repl junit jupyter-notebook just justfile juttle k kaitai-struct
kak kakounescript kakscript kal karate katex kcl kconfig kdb kdl keepalived kerboscript
kernel-config keyman keyvalues kframework kicad-layout kicad-legacy-layout kicad-schematic
kickstart kid kit kmsg koka kolmafia-ash kotlin kql krl kroki ksh ksy kt ktm kts ktx kuin kum
kumir kusto kvlang labview lagda lalrpop lambdapi langium lark lasso lassoscript latex latte
lcry lcryptol ld ldapconf ldaprc ldif leaf lean lean-4 lean3 lean4 ledger leex leo less less-css
lex lfe lhaskell lhs libsonnet lid lidr lidris lighttpd lighty ligolang lilypond limbo
linear-programming linker-script linux-config linux-kernel-module linuxconfig liquid liquidsoap
lisp litcoffee literate-agda literate-coffeescript literate-cryptol literate-haskell
literate-idris live-script livecode-script livecodeserver livescript lldb llvm llvm-ir llvm-mir
llvm-mir-body lobas lobster log logos logql logs logtalk lolcode lookml loomscript ls lsl
ltspice-symbol lua luau ly m m2 m3u m3u-playlist m4 m4sugar m68k macaulay2 macruby macsyma magma
mail mak make makefile mako man man-page manpage maple maql mariadb markdown markmap marko
markojs markup markup-templating mask masm mason mata math mathematica
mathematical-programming-system mathml matlab matlabsession maven-pom mawk max max/msp maxima
maxmsp maxscript mbox mcf mcfunction mcschema md mdoc mdsvex mdx mediawiki mel menuconfig
mercury mermaid mermaid-example meson meson.build metafont metal metta mf
microsoft-developer-studio-project microsoft-visual-studio-solution mikrotik mime mindmap
minecraft minid miniscript miniyaml minizinc minizinc-data mint mips mipsasm mirah mirc-script
mizar mjs mk mkd mkdown ml mlir mm mma modelica modula-2 modula-3 modula2
module-management-system moin mojo mojolicious mongo mongodb monkey monkey-c monte moo moocode
moon moonbit moonscript mosel motoko motorola-68k-assembly move mozhashpreproc mozpercentpreproc
mps mq4 mq5 mql mql4 mql5 ms msbuild msc mscgen mscript msil mssql mtml mts muf mumps mupad muse
musicxml mustache mxml myghty mysql n1ql n4js n4jsd nand2tetris-hdl nani naniscript nanorc nargo
nasal nasl nasm nawk nb nc ncl ndjson ne-on nearley nemerle neon neosnippet neovim nesc
nestedtext netlinx netlinx+erb netlogo nette-object-notation nevod newlisp newspeak nextflow
nftables ng ng2 nginx nginx-configuration-file nginxconf nickel nim nimrod ninja nit nix nixos
njk nl nmodl no-highlight node node-repl nodejsrepl nohighlight noir nomnoml none notmuch npm
npm-config npmignore npmrc nroff nsh nsi nsis nt nu nu-script numba_ir numbair numpy nunjucks
nush nushell nushell-script nusmv nvim nwdiag nwscript oasv2 oasv2-json oasv2-yaml oasv3
oasv3-json oasv3-yaml oberon obj-c obj-c++ obj-j objc objc++ objdump objdump-nasm
object-data-instance-notation objective-c objective-c++ objective-j objectivec objectivec++
objectivej objectpascal objectscript objj ocaml octave odin odin-lang odinlang omg-idl omgrofl
omnet++-msg omnet++-ned omnetpp-msg omnetpp-ned oncrpc oobas ooc opa opal open-policy-agent
openapi openapi-specification-v2 openapi-specification-v3 openbugs opencl openedge openedge-abl
openqasm openrc openrc-runscript openscad openstep-property-list opentofu opentype-feature-file
option-list opts opy oracle org org-mode orgmode osascript oscript out output overpassql overpy
ox oxygene oz p21 p4 packetdiag pacmanconf pact pan pandoc papyrus parasail parigp parrot
parrot-assembly parrot-internal-representation parser parser3 pas pascal pascaligo pasm passwd
patch pawn pb pbfasm pbi pcaxis pcbnew pcmk pcode pddl pde peg peg.js pem peoplecode pep8 perl
perl-6 perl6 pest pf pf.conf pgsql phix php php-extras php-template php3 php4 php5 phpdoc pic
pickle picolisp pig piglatin pikchr pike pip-requirements pir pkg-config pkgconf pkgconfig pkl
pl pl6 plain plain-text plaintext plant-uml plantuml plist plpgsql plsql pluto pm pnpm po pod
pod-6 podspec pogoscript pointless polar pony portugol posh postcss postgres postgres-console
postgres-explain postgresql postgresql-console postscr postscript pot pov pov-ray pov-ray-sdl
povray power-query powerbuilder powerquery powershell pp pq praat prisma pro pro*c processing
procfile profile progress proguard prolog promela promql propeller-spin properties proto
protobuf protobuf-text-format protocol-buffer protocol-buffer-text-format protocol-buffers prql
ps ps1 ps1con pseudo pseudocode psl psm1 psql psv psysh ptx public-key pug puml puppet pure
pure-data purebasic purescript purs pwsh pwsh-session px py py+ul4 py2 py2tb py3 py3tb pycon pyi
pypy pypylog pyret pyrex pytb python python-console python-repl python-traceback python2 python3
pyx q q# qasm qb qb64 qbasic qbs ql qlik qlikscript qliksense qlikview qmake qml qore qs qsharp
qt qt-script quake quakec quartus-simulation-ip quickbasic quint qvt qvto r rackdiag racket
ragel ragel-c ragel-cpp ragel-d ragel-em ragel-java ragel-objc ragel-rb ragel-ruby railroad rake
raku raml rascal rascript raw raw-token-data razor rb rbcon rbnf rbs rbx rconsole rd rdoc re
react readline readline-config realbasic reason reasonligo reasonml rebol record-jar red
red/system redcode redirect-rules redirects redis redscript redshift reg regex regexp registry
rego regular-expression rell renderscript renpy repl res rescript resource resourcebundle rest
restclient restructuredtext rexx rez rfc822 rhai rhtml rib rich-text-format ride ring riot rip
riscv rita rkt rmarkdown rmd rnc rng-compact roboconf roboconf-graph roboconf-instances robot
robotframework robots robots-exclusion-rules robots-txt robotx.txt roc rocq rocq-prover roff
roff-manpage ron ros-interface rosmsg rouge rout routeros routeros-script rpc rpcgen rpgle
rpm-spec rpy rq rql rs rs-274x rscript rsl rspec rss rst rts ruby ruleslanguage runoff rust
rusthon s sage sail salt saltstack saltstate sarif sarl sas sass savi sbatch sbt sc scad scala
scaml scd scdoc scenic scheme sci scilab sclang scm scss sdc sed self
selinux-kernel-policy-language selinux-policy sepolicy seqdiag sequence session sfv sgf sh
sh-session shaderlab shell shell-script shell-session shellcheck-config shellcheckrc
shellsession shen shex shexc shortcode sieve silver simple-file-verification singularity sip
slang slash slice slim slint sln sls slurm smali smalltalk smarty smithy sml smlnj smpl smt smt2
smtlib smtp snakefile snakemake snbt snipmate snippet snobol snowball snowflake sobas sol
solidity solution-file soong sophia soql sosl sourcemod sourcepawn sources-list sources.list
sourceslist soy sp spark sparksql sparql spec specfile spice spicedb-schema spicelang spirv
spitfire spline-font-database splunk-spl splus spss sqf sql sql+jinja sqlite sqlite3 sqlpl
sqlrpgle squeak squid squid.conf squidconf squirrel srcinfo srecode-template ssed ssh-config
ssh_config sshconfig sshd_config sshdconfig ssml ssp st stacktrace stan standard-ml stanfuncs
star starlark stata stderr stdout step step21 stl stla ston stp strace stringtemplate
structurizr styl stylus subrip-text subunit sugarss sum sums supercollider surql surrealql
survex-data sv svelte svg svgbob svh swagger sway sweave swift swig systemd systemverilog t-sql
t4 t4-cs t4-templating t4-vb tab-seperated-values tablegen tabular-model-definition-language
tact tads3 taggerscript tailwindcss tal talon tao tap tape tasm tcl tcsh tcshcon td tea teal
templ teraterm teratermmacro term termcap terminal terminfo terra terraform terraform-template
tex texinfo text text-proto textgrid textile textmate-properties tf thingsdb thor thrift ti
ti-program tid tikz timeline tk tl tl-verilog tla tla+ tlb tls tm-properties tmdl tmpl tnt
todotxt toit tolk toml topojson tor-config torrc tp trac-wiki trace traceback trafficscript
traveling-salesman-problem travelling-salesman-problem tree tree-sitter-query treetop tremor
trickle trig troff troy ts tsconfig tsp tsplib-data tsq tsql tsv tsx tt2 ttl turing turtle twig
txl txt txt2tags typ type-language typescript typescriptreact typespec typoscript
typoscriptcssdata typoscripthtmldata typst uc ucode udiff ul4 ultisnip ultisnips uml unicon
unified-parallel-c unity unity3d-asset unix-asm unix-assembly unixconfig uno unrealscript
untyped-plutus-core uorazor ur ur/web urbiscript uri url urlencoded urweb uscript usd usda
uxntal v vala valve-data-format vapi varnish vb vb-.net vb-6 vb.net vb6 vba vbnet vbs vbscript
vbscript-html vcard vcl vclsnippet vclsnippets vctreestatus vdf vega vega-lite velocity
velocity-template-language vento verifpal verilog verse vespa vespa-schema-definition vfp vgl
vhdl vhost vhs vim vim-help-file vim-script vim-snippet vimhelp viml vimscript
virtual-contact-file visual-basic visual-basic-.net visual-basic-6 visual-basic-6.0
visual-basic-classic visual-basic-for-applications visualbasic visualforce visualprolog
visualprologgrammar vlang volt vtl vtt vue vue-html vyper warpscript wasm wast wat wavedrom
wavefront-material wavefront-object wdiff wdl web-idl web-ontology-language webassembly
webassembly-interface-type webidl webmanifest webvtt wget-config wgetrc wgsl whiley wiki
wikitext wildfly-cli win32-message-file winbatch winbugs windows-registry-entries wireguard wisp
wit witcher-script wl wolfram wolfram-lang wolfram-language wollok workflow-description-language
world-of-warcraft-addon-data wowtoc wren wrenlang wsdl wsf x++ x-bitmap x-font-directory-index
x-pixmap x10 x509 x86 x86asm xaml xbase xbm xc xcompose xdc xdr xeora xeoracube xhtml xjb xl xls
xlsx xmake xml xml+cheetah xml+django xml+erb xml+evoque xml+genshi xml+jinja xml+kid xml+lasso
xml+mako xml+myghty xml+php xml+ruby xml+smarty xml+spitfire xml+ul4 xml+velocity xml-doc
xml-property-list xojo xonsh xorg.conf xpages xpath xpm xpp xproc xq xql xqm xquery xqy xs xsd
xsl xslt xten xtend xul+mozpreproc xxd yacc yaml yaml+jinja yang yar yara yarn yarnrc yas
yasnippet yml yq yul z3 zap zeek zenscript zep zephir zetasql zig zil zimpl zmodel zone zsh
";

/// The names that a misspelling is most likely meant to be.
pub const COMMON: &[&str] = &[
    "bash",
    "batch",
    "c",
    "c#",
    "c++",
    "clojure",
    "cmake",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "dart",
    "diff",
    "dockerfile",
    "elixir",
    "erlang",
    "fsharp",
    "go",
    "gradle",
    "graphql",
    "groovy",
    "haskell",
    "hcl",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "json",
    "json5",
    "jsonc",
    "jsx",
    "julia",
    "kotlin",
    "latex",
    "lua",
    "makefile",
    "markdown",
    "matlab",
    "mermaid",
    "mysql",
    "nginx",
    "objective-c",
    "ocaml",
    "output",
    "pascal",
    "perl",
    "php",
    "plaintext",
    "plantuml",
    "plsql",
    "postgresql",
    "powershell",
    "prolog",
    "properties",
    "proto",
    "protobuf",
    "python",
    "r",
    "regex",
    "ruby",
    "rust",
    "scala",
    "scheme",
    "scss",
    "sh",
    "shell",
    "solidity",
    "sql",
    "svelte",
    "swift",
    "terraform",
    "text",
    "toml",
    "tsx",
    "typescript",
    "vim",
    "vue",
    "xml",
    "yaml",
    "zig",
    "zsh",
];
