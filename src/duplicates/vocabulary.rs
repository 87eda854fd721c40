//! The field's words: what frames a question, names one thing in two ways, or
//! says only where a question applies. Words stand here as people write them,
//! sorted; they are compared by their stems.

/// Words that frame a question and are no part of what it asks.
pub const FRAMING: &str = "
a about actually aka all also am an and any are as at available basic be been being
between briefly by called can certain clone common concept correct could definition
describe detail development did different discuss do does each effectively elaborate
exactly example exist explain explicitly familiar following for from general generally
give had happen has have help here how i idea if in include instead interested into is it
its just know known like main me mean meaning my need normally notion of often on one or
other our over own please possible potential provide purpose rather real regard regards
role shall should show simple situation so some stand such technique tell term terms than
that the their them then there these they thing this those time to typical understand us
use used using usually various was way we were what where which will with word words work
would you your
";

/// Words that only say where a question applies: `in Java` may stand on one
/// side alone.
pub const PLACES: &str = "
ajax android angular angularjs ansible apache aws azure backend bash browser c c# c++
cassandra clojure cloud compose coroutine css dart database delphi devops django docker
dom dotnet ecmascript elasticsearch elixir erlang es6 express flask flutter frontend gcp
git github go golang graphql groovy hadoop haskell hibernate hive html http ios java
javascript jenkins jetpack jquery json julia jvm kafka kotlin kubernetes laravel linux
machinelearning matlab mongodb mssql multithreading mysql network networking next.js nginx
node.js nosql objectivec oracle os perl php plsql postgresql programming python pytorch r
rails react redis redux ruby rust rxjava rxjs rxswift scala selenium server software spark
spring sql sqlite sqlserver svelte swift system tensorflow terraform testing tsql
typescript unix vb.net vue web webpack website windows xml
";

/// Class words, which may stand behind a name on one side alone: REST, REST
/// architecture.
pub const CLASSES: &str = "
algorithm annotation approach architecture attack attribute clause command concept
construct data datastructure decorator element field framework function hook
keyword language library loop mechanism method methodology model module notation object
operation operator package paradigm parameter pattern policy principle prop property
protocol service strategy structure style syntax system technique theorem tool
";

/// Words that change what is asked wherever they stand on one side alone.
pub const TURNS: &str = "
advantage after alternative always before best can't cannot choose compare convert create
debug define delete difference disable disadvantage enable error ever except false feature
first handle history implement last least left limitation max maximum min minimum more
most never no non not only outside pitfall prevent problem reason remove right sometimes
start stop test type usecase when why without
";

/// Dialects: a question about one is a question about the language.
pub const SQL: &str = "
mssql mysql oracle plsql postgresql sql sqlite sqlserver tsql
";

/// Places that are no technology: a topic of this name says nothing about
/// what else a question may be about.
pub const GENERAL: &str = "
backend browser cloud database devops dom frontend http json machinelearning
multithreading network networking nosql os programming server software system testing web
website xml
";

/// Another writing of one word, and the writing that stands for both: a line each.
pub const ALIASES: &str = "
angular.js = angularjs
architectural = architecture
behaviour = behavior
benefit = advantage
catalogue = catalog
colleague = coworker
colour = color
compare = difference
comparison = difference
con = disadvantage
db = database
differ = difference
distinction = difference
distinguish = difference
distributedsystem = system
downside = disadvantage
drawback = disadvantage
es2015 = es6
five = 5
four = 4
gql = graphql
hashtable = hashmap
js = javascript
k8s = kubernetes
kind = type
licence = license
ml = machinelearning
mongo = mongodb
nodejs = node.js
operatingsystem = os
optimise = optimize
postgres = postgresql
pro = advantage
py = python
react.js = react
reactjs = react
regexp = regex
six = 6
ten = 10
three = 3
tradeoff = tradeoff
ts = typescript
two = 2
versus = difference
vs = difference
vue.js = vue
vuejs = vue
";

/// Words that together name one thing, and the name that stands for it: a line each.
pub const PHRASES: &str = "
abstract syntax tree = ast
application programming interface = api
array list = arraylist
asynchronous javascript and xml = ajax
big o = bigo
binary search tree = bst
block formatting context = bfc
cascading style sheet = css
command query responsibility segregation = cqrs
compare and swap = cas
content delivery network = cdn
continuous integration = ci
cross origin resource sharing = cors
cross site request forgery = csrf
cross site scripting = xss
data structure = datastructure
dependency injection = di
different between = difference
different from = difference
distributed system = distributedsystem
document object model = dom
domain driven design = ddd
domain name system = dns
event loop = eventloop
hash map = hashmap
hash table = hashmap
higher order = higherorder
hypertext transfer protocol = http
immediately invoked function expression = iife
improve the performance of = optimize
infrastructure as code = iac
inversion of control = ioc
java virtual machine = jvm
json web token = jwt
key difference = difference
machine learning = machinelearning
multi thread = multithreading
multi threading = multithreading
object orient programming = oop
object oriented programming = oop
object relational mapping = orm
objective c = objectivec
operating system = operatingsystem
primary purpose = purpose
regular expression = regex
remote procedure call = rpc
representational state transfer = rest
rest api = rest
restful api = rest
same origin policy = sop
server side rendering = ssr
single page application = spa
sql server = sqlserver
structured query language = sql
test driven development = tdd
time complexity = bigo
trade off = tradeoff
transmission control protocol = tcp
transport layer security = tls
use case = usecase
user datagram protocol = udp
virtual dom = virtualdom
virtual machine = vm
web site = website
why do we use = purpose
write a function to = purpose
write a program to = purpose
you ain't gonna need it = yagni
";
